import { expect } from 'chai';
import { findBid } from '../../src/debug/pasted-bid.ts';

const banner = { id: 'b0', impid: '0', adm: '<div>a banner</div>' };
const video = { id: 'b1', impid: '1', adm: '<VAST version="4.2"/>' };
const audio = { id: 'b2', impid: '2', mtype: 3, adm: '<?xml version="1.0"?><VAST/>' };
const response = { seatbid: [{ bid: [{ id: 'without markup' }, banner, video] }, { bid: [audio] }] };

describe('findBid', () => {
  it('takes the first for a player, and names the others', () => {
    const { bid, note } = findBid(response, '')!;
    expect(bid).to.equal(video);
    expect(note).to.include('3 bids').and.include('“b1” for imp “1” was taken').and.include('“b0” for imp “0”, “b2”');
  });

  for (const wanted of ['b2', '2'])
    it(`takes the one that is named by ${wanted}`, () => {
      expect(findBid(response, wanted)!.bid).to.equal(audio);
    });

  it('says when there is none of that name', () => {
    const { bid, note } = findBid(response, 'b9')!;
    expect(bid).to.equal(video);
    expect(note).to.include('There is no bid “b9”');
  });

  it('takes the first where none is for a player', () => {
    expect(findBid({ seatbid: [{ bid: [banner] }] }, '')!.bid).to.equal(banner);
  });

  for (const [key, other] of [
    ['request', 'response'],
    ['bidRequest', 'bidResponse'],
    ['bid_request', 'bid_response'],
    ['BidRequest', 'bid'],
  ] as const) {
    it(`finds the BidRequest as ${key} beside ${other}`, () => {
      const request = { id: 'r' };
      const found = findBid({ [key]: request, [other]: other === 'bid' ? video : response }, '')!;
      expect(found).to.deep.include({ bid: video, request });
    });
  }

  it('finds nothing where nothing has markup', () => {
    for (const value of [null, 1, 'x', [], {}, { seatbid: [{ bid: [{ id: '1' }] }] }]) {
      expect(findBid(value, '')).to.equal(null);
    }
  });
});
