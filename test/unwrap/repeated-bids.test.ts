import { expect } from 'chai';
import { repeatedBids, type ShownBid } from '../../src/unwrap/repeated-bids.ts';
import type { VideoImp } from '../../src/openrtb/objects.ts';
import { portsOver } from '../support/ports.ts';

const { creatives } = portsOver({});

/** Bids as `imp:domain@price`, held against imps of these videos: the numbers of those that are lost, with their reason. */
function lost(
  bids: readonly string[],
  videos: Readonly<Record<string, VideoImp>>,
): readonly (readonly [number, number])[] {
  const imps = Object.entries(videos).map(([id, video]) => ({ id, video }));
  const shown = bids.map((written, index): ShownBid => {
    const [imp = '', domain = '', price = ''] = written.split(/[:@]/);
    const bid = { id: written, impid: imp, adomain: [domain], price: Number(price) };
    const place = { seat: 0, index };
    return { bid, seat: 's', imp: imps.find(({ id }) => id === imp)!, place, result: null };
  });
  const found = repeatedBids([null, ...shown], { imp: imps }, creatives);
  return [...found].map(([at, verdict]) => [at - 1, verdict.kind === 'drop' ? verdict.statuscode : 0]);
}

const apart = { poddedupe: [1] };

describe('repeatedBids', () => {
  it('are those of a pod that are alike, where their imp wants them apart', () => {
    const bids = ['1:a@5', '2:a@4', '2:b@3'];
    expect(lost(bids, { 1: { podid: 'p', ...apart }, 2: { podid: 'p', ...apart } })).to.deep.equal([[1, 205]]);
    expect(lost(bids, { 1: { podid: 'p', ...apart }, 2: { podid: 'q', ...apart } })).to.deep.equal([]);
    expect(lost(bids, { 1: { podid: 'p' }, 2: { podid: 'p' } })).to.deep.equal([]);
  });

  it('are found where no pod is named, and within an imp that is a pod', () => {
    expect(lost(['1:a@5', '2:a@4'], { 1: apart, 2: apart })).to.deep.equal([[1, 205]]);
    expect(lost(['1:a@5', '1:a@4', '1:b@3'], { 1: { ...apart, poddur: 60, maxseq: 3 } })).to.deep.equal([[1, 205]]);
    const both = { 1: { podid: 'p', ...apart }, 2: { podid: 'p', ...apart, maxseq: 2 } };
    expect(lost(['1:a@5', '1:a@4', '2:b@3', '2:b@2'], both)).to.deep.equal([[3, 205]]);
  });

  it('names the finding, in words that quote nobody', () => {
    const imps = [{ id: '1', video: { poddedupe: [2] } }];
    const shown = [5, 4].map((price, index): ShownBid => ({
      bid: { id: `b${index}`, impid: '1', cat: ['IAB2'], price } as ShownBid['bid'],
      seat: null,
      imp: imps[0]!,
      place: { seat: 0, index },
      result: null,
    }));
    const [verdict] = [...repeatedBids(shown, { imp: imps }, creatives).values()];
    expect(verdict).to.deep.include({ kind: 'drop', place: { seat: 0, index: 1 }, impid: '1', statuscode: 209 });
    expect(verdict!.ext).to.deep.include({ status: 'rejected', reason: 'repeated' });
    expect(verdict!.ext).to.have.nested.property('finding.rule', 'chain/repeated');
    expect(verdict!.ext).to.have.nested.property('finding.message', 'a better bid of the pod has the same category');
  });
});
