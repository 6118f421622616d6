import { expect } from 'chai';
import type { BidFacts } from '../../src/openrtb/bid-facts.ts';
import { patchBid } from '../../src/openrtb/patch-bid.ts';

const facts: BidFacts = { mtype: 2, dur: 15, w: 1280, h: 720, protocol: 13, apis: [7], cat: ['IAB2', 'cars'] };

describe('patchBid', () => {
  it("turns a wrapper's protocol into the InLine's, and says what the ad says", () => {
    const bid = { id: 'b', protocol: 6, dur: 30, adm: '<a/>', cat: ['IAB1'] };
    expect(patchBid(bid, '<b/>', facts)).to.deep.equal({
      adm: '<b/>',
      mtype: 2,
      protocol: 13,
      dur: 15,
      w: 1280,
      h: 720,
      apis: [7],
      cat: ['IAB1', 'IAB2'],
    });
  });

  it('lists nothing that is right already', () => {
    const bid = { mtype: 2, protocol: 13, dur: 15, w: 1280, h: 720, apis: [7], cat: ['IAB2'], adm: '<a/>' };
    expect(patchBid(bid, '<a/>', facts)).to.deep.equal({});
  });

  it('adds no category to those of another taxonomy', () => {
    expect(patchBid({ cat: ['483'], cattax: 7 }, '<b/>', facts)).to.not.have.property('cat');
    expect(patchBid({ cat: [], cattax: 1 }, '<b/>', facts).cat).to.deep.equal(['IAB2']);
  });

  it('leaves alone what the ad does not say', () => {
    const nothing: BidFacts = { mtype: 2, dur: null, w: null, h: null, protocol: null, apis: [], cat: [] };
    expect(patchBid({ mtype: 2, dur: 30, w: 640, apis: [2], adm: 'x' }, 'x', nothing)).to.deep.equal({});
  });
});
