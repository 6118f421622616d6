import { expect } from 'chai';
import { rotationOf, rotationRun } from '../../src/batch/rotation.ts';
import type { AdReport } from '../../src/unwrap/result.ts';
import { adSummary } from '../support/ad-summary.ts';
import { hopReport, unwrapResult } from '../support/unwrap-result.ts';

const ad = (adTitle: string, durationSec: number): AdReport => ({
  ...adSummary({ adTitle, durationSec, advertiser: 'Tea Ltd' }),
  creativeKey: null,
});
const run = (title: string, elapsedMs: number, more: object = {}) =>
  rotationRun(
    unwrapResult({ ads: [ad(title, title === 'tea' ? 15 : 30)], deadline: { tmax: 5000, elapsedMs }, ...more }),
  );

describe('rotationOf', () => {
  const empty = rotationRun(
    unwrapResult({
      status: 'no_ad',
      reason: 'no-ad',
      deadline: { tmax: 5000, elapsedMs: 90 },
      hops: [hopReport({ host: 'other.example' })],
    }),
  );
  const { runs, facets, spread, missed } = rotationOf([run('tea', 10), run('tea', 30), run('coffee', 20), empty]);
  const shares = (name: string) => facets.find((each) => each.name === name)!.shares;

  it('counts in how many runs each thing came, the most common first', () => {
    expect(runs).to.equal(4);
    expect(shares('ad')).to.deep.equal([
      { value: 'tea', runs: 2, first: 0 },
      { value: 'coffee', runs: 1, first: 2 },
    ]);
    expect(shares('outcome')).to.deep.equal([
      { value: 'resolved', runs: 3, first: 0 },
      { value: 'no_ad: no-ad', runs: 1, first: 3 },
    ]);
    expect(shares('duration').map(({ value }) => value)).to.deep.equal(['15 s', '30 s']);
    expect(shares('host')).to.deep.equal([
      { value: 'ads.example', runs: 3, first: 0 },
      { value: 'other.example', runs: 1, first: 3 },
    ]);
  });

  it('gives the spread of times', () => {
    expect(spread).to.deep.equal({ minMs: 10, medianMs: 20, p95Ms: 90, maxMs: 90 });
    expect(rotationOf([]).spread).to.equal(null);
  });

  it('says what one run would have missed', () => {
    expect(missed).to.include(
      '2 ads came; the most common, tea, in 2 of 4 runs. The first run alone would have missed 1 of them.',
    );
    expect(missed).to.include('The advertiser Tea Ltd came in 3 of 4 runs; in the others none did.');
    expect(missed.join(' ')).to.include(
      'Not in every run came the hosts ads.example (3 of 4), other.example (1 of 4).',
    );
  });

  it('has nothing to say where all runs were alike, or where there was one', () => {
    expect(rotationOf([run('tea', 1), run('tea', 2)]).missed).to.deep.equal([]);
    expect(rotationOf([run('tea', 1)]).missed).to.deep.equal([]);
  });
});
