import { expect } from 'chai';
import { bidsByNurl, isPing, selectBids, type BidRequest, type BidResponse } from '../../src/openrtb/bid-batch.ts';

const request: BidRequest = {
  imp: [{ id: 'v', video: {} }, { id: 'a', audio: {} }, { id: 'b' }, { id: 'multi', video: {}, banner: {} }],
};
const responseOf = (...bid: readonly unknown[]): BidResponse => ({ seatbid: [{ seat: 's', bid }] });
const adm = '<VAST version="3.0"/>';

const kinds = (...bids: readonly unknown[]): readonly string[] =>
  selectBids(request, responseOf(...bids)).map((entry) => `${entry.place.index} ${entry.kind}`);

describe('selectBids', () => {
  it('takes video and audio, by mtype or by imp', () => {
    const bids = [
      { impid: 'v', adm },
      { impid: 'a', adm },
      { impid: 'b', adm: '<div/>' },
      { impid: 'b', adm, mtype: 2 },
      { impid: 'v', adm: '<div/>', mtype: 1 },
    ];
    expect(kinds(...bids)).to.deep.equal(['0 unwrap', '1 unwrap', '3 unwrap']);
  });

  it('looks at the markup where an imp takes several formats and no mtype says which', () => {
    const bids = [
      { impid: 'multi', adm: '<div>banner</div>' },
      { impid: 'multi', adm: ` <?xml version="1.0"?>${adm}` },
      { impid: 'multi', adm: 'https://ads.example/vast ' },
    ];
    expect(kinds(...bids)).to.deep.equal(['1 unwrap', '2 unwrap']);
  });

  it('never fetches markup by nurl', () => {
    expect(
      kinds(
        { impid: 'v', nurl: 'https://win.example' },
        { impid: 'v', adm: '' },
        { impid: 'v', adm: ' \r\n', nurl: 'https://win.example' },
      ),
    ).to.deep.equal([]);
  });

  it('tells of bids that nothing can be made of, each alone', () => {
    expect(kinds(null, 7, {}, { impid: 'x', adm }, { impid: 'v', adm: {} }, { impid: 'v', adm })).to.deep.equal([
      '0 malformed',
      '1 malformed',
      '2 malformed',
      '3 malformed',
      '4 malformed',
      '5 unwrap',
    ]);
  });
});

describe('bidsByNurl', () => {
  it('finds the video and audio bids whose markup is behind nurl', () => {
    const nurl = 'https://win.example/';
    const bids = [
      { impid: 'v', nurl },
      { impid: 'a', nurl, adm: ' \n' },
      { impid: 'v', nurl, adm },
      { impid: 'v' },
      { impid: 'v', nurl: '' },
      { impid: 'v', nurl: 5 },
      { impid: 'b', nurl },
      { impid: 'multi', nurl },
      { impid: 'multi', nurl, mtype: 2 },
      { impid: 'x', nurl },
      null,
    ];
    expect(bidsByNurl(request, responseOf(...bids)).map(({ index }) => index)).to.deep.equal([0, 1, 8]);
    expect(bidsByNurl(request, { seatbid: [{}] })).to.deep.equal([]);
  });
});

describe('selectBids, of a bid with fields of the wrong type', () => {
  const messageOf = (fields: object): string | undefined => {
    const [entry] = selectBids(request, responseOf({ impid: 'v', adm, ...fields }));
    return entry?.kind === 'malformed' ? entry.message : entry?.kind;
  };

  for (const [fields, message] of [
    [{ id: 5 }, 'id is no string'],
    [{ adm: 5 }, 'adm is no string'],
    [{ crid: {} }, 'crid is no string'],
    [{ dur: '15' }, 'dur is no number'],
    [{ mtype: '2' }, 'mtype is no number'],
    [{ protocol: [3] }, 'protocol is no number'],
    [{ w: '1', h: true }, 'w is no number, h is no number'],
    [{ apis: 7 }, 'apis is no array of numbers'],
    [{ apis: ['7'] }, 'apis is no array of numbers'],
    [{ cat: 'IAB1' }, 'cat is no array of strings'],
    [{ cat: {}, adomain: [5] }, 'cat is no array of strings, adomain is no array of strings'],
    [{ ext: 5, price: 'x', cat: [] }, 'unwrap'],
  ] as const) {
    it(`says ${message} of ${JSON.stringify(fields)}`, () => expect(messageOf(fields)).to.equal(message));
  }

  it('does not look at what is not for a player', () => {
    expect(kinds({ impid: 'b', adm: '<div/>', cat: 5 })).to.deep.equal([]);
  });
});

describe('isPing', () => {
  it('is a request with nothing to bid on', () => {
    expect([{}, { imp: [] }, { ...request, ext: { is_ping: 1 } }].map(isPing)).to.deep.equal([true, true, true]);
    expect([undefined, null, 5, 'x', [], { imp: 'x' }, request].map(isPing)).to.not.include(true);
    expect(isPing(request)).to.equal(false);
  });
});
