import { expect } from 'chai';
import type { Tracker } from '../../src/merge/tracker.ts';
import { trackerCost } from '../../src/projection/tracker-cost.ts';
import { bodyOf } from '../support/ad-body.ts';

const tracker = (event: string, url: string, hop: number): Tracker => ({
  event,
  url,
  hop,
  offset: null,
  element: bodyOf(''),
});

describe('trackerCost', () => {
  const impression = tracker('impression', 'https://a.example/1', 0);
  const trackers = [
    impression,
    tracker('impression', 'https://b.example/1', 1),
    tracker('linear.start', 'https://a.example/2', 0),
    tracker('__proto__', 'not a URL', 1),
  ];

  it('says what each hop costs, by event and by vendor', () => {
    const { total, byHop, byEvent } = trackerCost(trackers, [], {});
    expect([total, byEvent['impression'], Object.entries(byEvent).length]).to.deep.equal([4, 2, 3]);
    expect(byHop.map(({ hop, total: own, byVendor }) => [hop, own, byVendor])).to.deep.equal([
      [0, 2, { 'a.example': 2 }],
      [1, 2, { 'b.example': 1, none: 1 }],
    ]);
  });

  it('names what stands there twice, what is too long and what is too many', () => {
    const long = tracker('linear.mute', `https://a.example/${'x'.repeat(2048)}`, 0);
    const cost = trackerCost([...trackers, long], [impression], { maxTrackersPerEvent: 1 });
    expect([cost.duplicates, cost.repeated]).to.deep.equal([
      1,
      [{ event: 'impression', url: 'https://a.example/1', hop: 0 }],
    ]);
    expect(cost.tooLong.map(({ event, length }) => [event, length])).to.deep.equal([['linear.mute', 2066]]);
    expect(cost.overLimit).to.deep.equal([{ event: 'impression', count: 2 }]);
    expect(trackerCost(trackers, [], { maxUrlLength: 10 }).tooLong).to.have.length(3);
  });
});
