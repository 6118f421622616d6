import { expect } from 'chai';
import { ownLatencyMs } from '../../src/overload/own-latency.ts';
import type { HopReport } from '../../src/unwrap/result.ts';
import { hopReport, unwrapResult } from '../support/unwrap-result.ts';

/** A hop whose requests were under way in these spans of time, in ms. */
function hop(...spans: readonly (readonly [number, number])[]): HopReport {
  const exchange = hopReport().exchanges[0]!;
  return hopReport({ exchanges: spans.map(([startedAt, endedAt]) => ({ ...exchange, startedAt, endedAt })) });
}

const own = (elapsedMs: number, ...hops: readonly HopReport[]): number =>
  ownLatencyMs(unwrapResult({ deadline: { tmax: 100, elapsedMs }, hops }));

describe('ownLatencyMs', () => {
  it('is what no ad server can be blamed for', () => {
    expect(own(30, hop([100, 110]), hop([112, 120]))).to.equal(12);
  });

  it('counts what ran side by side once', () => {
    expect(own(30, hop([100, 120]), hop([105, 110]), hop([115, 125]))).to.equal(5);
  });

  it('is all of it where nothing was sent', () => {
    expect(own(3, hop())).to.equal(3);
    expect(own(3, hop([0, 50]))).to.equal(0);
  });

  it('leaves out the time in which the answer waited for media files', () => {
    expect(ownLatencyMs(unwrapResult({ deadline: { tmax: 100, elapsedMs: 30 }, mediaMs: 25, hops: [] }))).to.equal(5);
  });
});
