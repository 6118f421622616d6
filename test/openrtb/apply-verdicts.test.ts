import { expect } from 'chai';
import { parseLossless } from '../../src/http/lossless-json.ts';
import { applyVerdicts, type BidVerdict, hasBids } from '../../src/openrtb/apply-verdicts.ts';

const nothing = { unwrap: {}, nbr: null };

describe('applyVerdicts', () => {
  const response = {
    id: 'r',
    seatbid: [
      {
        seat: 's',
        group: 0,
        bid: [
          { id: '1', impid: 'v', ext: { mine: 1 } },
          { id: '2', impid: 'v' },
        ],
      },
      { seat: 't', bid: [{ id: '3', impid: 'v' }] },
    ],
    ext: { debug: true, seatnonbid: [{ seat: 'other' }] },
  };

  it('sets fields, keeps what it does not know, and moves dropped bids to seatnonbid', () => {
    const verdicts = [
      { kind: 'keep', place: { seat: 0, index: 0 }, fields: { dur: 15 }, ext: { status: 'resolved' } },
      { kind: 'drop', place: { seat: 1, index: 0 }, impid: 'v', statuscode: 204, ext: { status: 'rejected' } },
    ] as const;
    expect(applyVerdicts(response, verdicts, nothing)).to.deep.equal({
      id: 'r',
      seatbid: [
        {
          seat: 's',
          group: 0,
          bid: [
            { id: '1', impid: 'v', dur: 15, ext: { mine: 1, unwrap: { status: 'resolved' } } },
            { id: '2', impid: 'v' },
          ],
        },
      ],
      ext: {
        debug: true,
        seatnonbid: [
          { seat: 'other' },
          { seat: 't', nonbid: [{ impid: 'v', statuscode: 204, ext: { bidid: '3', unwrap: { status: 'rejected' } } }] },
        ],
      },
    });
  });

  it('changes nothing without a verdict', () => {
    expect(applyVerdicts(response, [], nothing)).to.deep.equal(response);
  });

  const dropped = (seat: number, index: number): BidVerdict => ({
    kind: 'drop',
    place: { seat, index },
    impid: 'v',
    statuscode: 7,
    ext: { status: 'no_ad' },
  });

  it('names a bid that is lost, with numbers as they were written', () => {
    const text =
      '{"seatbid":[{"seat":"s","bid":[{"id":"1","impid":"v","crid":"c","price":1.10,"lurl":"https://l.example/","adm":"x"}]}]}';
    const { value, write } = parseLossless(text);
    expect(write(applyVerdicts(value as Record<string, unknown>, [dropped(0, 0)], nothing))).to.equal(
      '{"seatbid":[],"ext":{"seatnonbid":[{"seat":"s","nonbid":[{"impid":"v","statuscode":7,"ext":{"bidid":"1","crid":"c","price":1.10,"lurl":"https://l.example/","unwrap":{"status":"no_ad"}}}]}]}}',
    );
  });

  it('says why there is no bid where none is left, and only there', () => {
    const notes = { unwrap: {}, nbr: 15 };
    const two = { seatbid: [{ bid: [{ impid: 'v' }, { impid: 'v' }] }] };
    expect(applyVerdicts(two, [dropped(0, 0), dropped(0, 1)], notes)).to.deep.include({ seatbid: [], nbr: 15 });
    expect(applyVerdicts(two, [dropped(0, 0)], notes)).not.to.have.property('nbr');
    expect(applyVerdicts({ ...two, nbr: 2 }, [dropped(0, 0), dropped(0, 1)], notes)).to.include({ nbr: 2 });
  });

  for (const group of [1, true, '1']) {
    it(`loses all bids of a seat with one where group is ${JSON.stringify(group)}`, () => {
      const seats = [
        {
          seat: 's',
          group,
          bid: [
            { id: '1', impid: 'v' },
            { id: '2', impid: 'w', price: 2 },
            { id: '3', impid: 'v' },
          ],
        },
        { seat: 't', bid: [{ id: '4', impid: 'v' }] },
      ];
      const kept: BidVerdict = {
        kind: 'keep',
        place: { seat: 0, index: 2 },
        fields: { dur: 5 },
        ext: { status: 'resolved' },
      };
      const { seatbid, ext } = applyVerdicts({ seatbid: seats }, [dropped(0, 0), kept], nothing);
      expect(seatbid).to.deep.equal([seats[1]]);
      expect(ext).to.deep.equal({
        seatnonbid: [
          {
            seat: 's',
            nonbid: [
              { impid: 'v', statuscode: 7, ext: { bidid: '1', unwrap: { status: 'no_ad' } } },
              { impid: 'w', statuscode: 7, ext: { bidid: '2', price: 2, unwrap: { reason: 'group' } } },
              { impid: 'v', statuscode: 7, ext: { bidid: '3', unwrap: { status: 'resolved', reason: 'group' } } },
            ],
          },
        ],
      });
      expect(applyVerdicts({ seatbid: seats }, [kept], nothing)).not.to.have.property('ext');
    });
  }

  it('passes on what it does not understand', () => {
    const seats = [{ seat: 's' }, 5, null, { bid: { id: '1' } }, { bid: [{ id: '2', impid: 'v' }] }];
    expect(applyVerdicts({ seatbid: seats }, [], nothing)).to.deep.equal({ seatbid: seats });
    // without a bid there is nothing to pass on
    expect(applyVerdicts({ seatbid: seats }, [dropped(4, 0)], nothing)).to.deep.include({ seatbid: [] });
  });

  it('says what is to be said of the whole', () => {
    const notes = { unwrap: { warnings: ['w'] }, nbr: null };
    expect(applyVerdicts({ ...response, ext: { a: 1 } }, [], notes)).to.deep.include({
      ext: { a: 1, unwrap: { warnings: ['w'] } },
    });
  });
});

describe('hasBids', () => {
  it('tells a response with a bid from one without', () => {
    expect(hasBids({ seatbid: [{}, { bid: [] }, { bid: [{}] }] })).to.equal(true);
    expect([{}, { seatbid: [] }, { seatbid: [{ bid: [] }, {}] }, { seatbid: 5 }].map(hasBids)).to.not.include(true);
  });
});
