import { expect } from 'chai';
import { createMetrics, DURATION_BUCKETS, type Metrics, type ServiceState } from '../../src/telemetry/metrics.ts';
import { METRICS, prometheusName } from '../../src/telemetry/names.ts';
import { startMeters } from '../support/meters.ts';
import { hopReport, unwrapResult } from '../support/unwrap-result.ts';

const state = {
  inFlight: () => 3,
  cache: () => ({
    bytes: 1000,
    entries: 7,
    evictions: 5,
    stale: 2,
    conclusions: { bytes: 300, hits: 11, misses: 4 },
    sharedCache: { connected: true },
  }),
  openBreakers: () => 1,
  pixelsDropped: () => 2,
  watched: () => ({ bad: 1, turnedBad: 3 }),
  documentsHeld: () => 7,
};

/** Metrics, and a way to read their lines. */
function counted(of: ServiceState = state): {
  readonly metrics: Metrics;
  readonly lines: () => Promise<readonly string[]>;
} {
  const { meter, ledger, lines } = startMeters();
  return { metrics: createMetrics(meter, ledger, of), lines };
}

const LOOK = { id: null, media: [], durationSec: 15, advertiser: null, landing: null };
const DRIFT = { kinds: ['duration', 'media'], first: LOOK, now: { ...LOOK, durationSec: 30 } } as const;

describe('createMetrics', () => {
  it('counts creatives that are another than they were, by what is', async () => {
    const { metrics, lines } = counted();
    metrics.unwrap(unwrapResult({ drift: DRIFT }));
    metrics.unwrap(unwrapResult({ drift: { ...DRIFT, kinds: ['media'] } }));
    metrics.unwrap(unwrapResult({ drift: null }));
    const counts = (await lines()).filter((line) => line.startsWith('vast_creative_drifts_total{'));
    expect(counts.map((line) => / kind="(\w+)"|kind="(\w+)"/.exec(line)?.[2])).to.have.members(['duration', 'media']);
    expect(counts.find((line) => line.includes('kind="media"'))).to.match(/ 2$/);
  });

  it('has every metric of the table once something happened', async () => {
    const { metrics, lines } = counted();
    metrics.request({ method: 'POST', route: '/v1/unwrap' }, 200, 20);
    metrics.unwrap(unwrapResult({ vastError: 301, hops: [hopReport()], drift: DRIFT }));
    metrics.probe({ mode: 'wait', host: 'a', outcome: 'read', exchanges: hopReport().exchanges, ms: 30 });
    let text = '';
    // until something was collected
    while (!text.includes('v8js_gc_duration')) {
      Array.from({ length: 100_000 }, (_, index) => ({ index }));
      await new Promise(setImmediate);
      text = (await lines()).join('\n');
    }
    for (const [name, { unit, type }] of Object.entries(METRICS)) {
      const suffix = type === 'counter' ? '_total' : '';
      expect(text).to.contain(`# TYPE ${prometheusName(name, unit)}${suffix} ${type}\n`);
    }
  });

  it('counts bids by publisher, bidder and status, whatever they are called', async () => {
    const { metrics, lines } = counted();
    const resolved = unwrapResult();
    metrics.unwrap(resolved, { impid: '1', bidder: 'dsp', accountId: 'p9' });
    metrics.unwrap(resolved, { impid: '2', bidder: 'dsp', accountId: 'p9' });
    metrics.unwrap(resolved, { impid: '1', bidder: null });
    for (let i = 0; i < 5000; i += 1) metrics.unwrap(resolved, { impid: '1', bidder: `${i}${'x'.repeat(200)}` });
    const counts = (await lines()).filter((line) => line.startsWith('vast_bids_total{'));
    const mine = counts.find((line) => line.includes('vast_bidder="dsp"'));
    expect(mine).to.match(/vast_account_id="p9".* 2$/);
    expect(counts.length).to.be.below(2100);
    expect(counts.every((line) => line.length < 300)).to.equal(true);
  });

  it('has buckets round the usual deadline', async () => {
    const { metrics, lines } = counted();
    metrics.unwrap(unwrapResult({ hops: [hopReport({ ms: 12.5 })] }));
    const bounds = (await lines())
      .filter((line) => line.startsWith('vast_hop_duration_seconds_bucket'))
      .map((line) => /le="(.*?)".* (\d+)$/.exec(line)!.slice(1));
    expect(bounds.map(([bound]) => bound)).to.deep.equal([...DURATION_BUCKETS.map(String), '+Inf']);
    expect(bounds.filter(([, count]) => count === '0').map(([bound]) => bound)).to.deep.equal([
      '0.002',
      '0.005',
      '0.01',
    ]);
  });

  /** Lets a host answer often enough to be called by its name. */
  const introduce = (metrics: Metrics, host: string): void => {
    const hop = hopReport({ host });
    for (let call = 0; call < 5; call += 1)
      metrics.unwrap(unwrapResult({ hops: [{ ...hop, exchanges: [{ ...hop.exchanges[0]!, host }] }] }));
  };

  it('says which host a hop waited for, how it ended, and in which phases', async () => {
    const { metrics, lines } = counted();
    introduce(metrics, 'slow.example:8443');
    const slow = hopReport({ host: 'slow.example:8443', kind: 'failed', error: 'timeout', ms: 90 });
    const exchange = { ...slow.exchanges[0]!, host: 'slow.example:8443', error: 'timeout' as const };
    metrics.unwrap(unwrapResult({ status: 'timeout', vastError: 301, hops: [{ ...slow, exchanges: [exchange] }] }));
    const text = await lines();
    expect(text).to.include(
      'vast_hop_duration_seconds_count{server_address="slow.example",vast_hop_outcome="timeout",vast_hop_kind="failed"} 1',
    );
    expect(text).to.include(
      'http_client_request_duration_seconds_count{http_request_method="GET",server_address="slow.example",error_type="timeout"} 1',
    );
    expect(
      text.some((line) =>
        line.startsWith('vast_phase_time_seconds_total{server_address="slow.example",vast_phase="ttfb"}'),
      ),
    ).to.equal(true);
    expect(text).to.include('vast_errors_total{code="301"} 1');
    expect(text).to.include('vast_unwrap_duration_seconds_count{vast_status="timeout"} 1');
  });

  it('says what came of looks at media files, and how long their hosts took', async () => {
    const { metrics, lines } = counted();
    introduce(metrics, 'cdn.example');
    const exchange = { ...hopReport().exchanges[0]!, host: 'cdn.example:8443', error: 'timeout' as const };
    metrics.probe({ mode: 'background', host: 'cdn.example:8443', outcome: 'late', exchanges: [exchange], ms: 2000 });
    const text = await lines();
    expect(text).to.include('vast_probe_looks_total{vast_probe_mode="background",vast_probe_outcome="late"} 1');
    expect(text).to.include(
      'vast_probe_duration_seconds_sum{server_address="cdn.example",vast_probe_outcome="late"} 2',
    );
    expect(text).to.include(
      'http_client_request_duration_seconds_count{http_request_method="GET",server_address="cdn.example",error_type="timeout"} 1',
    );
  });

  it('does not blame a host for what was kept, given or refused', async () => {
    const { metrics, lines } = counted();
    const kept = hopReport({ cache: 'hit', exchanges: [] });
    const refused = hopReport({ kind: 'failed', error: 'breaker-open', exchanges: [] });
    metrics.unwrap(unwrapResult({ hops: [kept, refused] }));
    const text = await lines();
    expect(text.filter((line) => line.startsWith('vast_hop_duration'))).to.deep.equal([]);
    expect(text).to.include('vast_cache_requests_total{result="hit"} 1');
  });

  it('counts what was shed, and not as an unwrap', async () => {
    const { metrics, lines } = counted();
    metrics.refusal({ method: 'POST', route: '/v1/unwrap' }, 204);
    metrics.unwrap(unwrapResult({ status: 'shed' }));
    const text = await lines();
    expect(text).to.include('vast_shed_total 2');
    expect(text.filter((line) => line.startsWith('vast_unwrap_duration'))).to.deep.equal([]);
  });

  it('reads the state of the service when it is asked', async () => {
    const { lines } = counted();
    const text = await lines();
    expect(text).to.include.members([
      'vast_inflight 3',
      'vast_cache_size_bytes 1300',
      'vast_cache_entries 7',
      'vast_cache_evictions_total 5',
      'vast_cache_conclusions_size_bytes 300',
      'vast_cache_conclusions_hits_total 11',
      'vast_cache_conclusions_misses_total 4',
      'vast_cache_stale_total 2',
      'vast_cache_shared_connected 1',
      'vast_breaker_open 1',
    ]);
    expect(text.some((line) => /^nodejs_eventloop_delay_p99_seconds \d/.test(line))).to.equal(true);
  });

  it('says nothing of a shared cache where there is none: 0 would be one that was lost', async () => {
    const alone = counted({ ...state, cache: () => ({ ...state.cache(), sharedCache: null }) });
    expect((await alone.lines()).filter((line) => line.startsWith('vast_cache_shared'))).to.deep.equal([]);
    const lost = counted({ ...state, cache: () => ({ ...state.cache(), sharedCache: { connected: false } }) });
    expect(await lost.lines()).to.include('vast_cache_shared_connected 0');
  });

  it('stays below 2,000 series however many hosts there are and whatever they do', async () => {
    const { metrics, lines } = counted();
    const ends = [
      { kind: 'wrapper', error: null },
      { kind: 'inline', error: null },
      { kind: 'failed', error: 'timeout' },
      { kind: 'failed', error: 'http-status' },
      { kind: 'failed', error: 'not-xml' },
    ] as const;
    const [exchange] = hopReport().exchanges;
    for (let host = 0; host < 9000; host += 1) {
      const end = { ...ends[host % ends.length]!, host: `host-${host % 1500}` };
      metrics.unwrap(unwrapResult({ hops: [hopReport({ ...end, exchanges: [{ ...exchange!, host: end.host }] })] }));
    }
    const counts = Map.groupBy(
      (await lines()).filter((line) => /_count\b|_total\b/.test(line) && !line.startsWith('#')),
      (line) => line.replace(/[{ ].*/s, ''),
    );
    const inAll = [...counts.values()].reduce((sum, series) => sum + series.length, 0);
    expect(inAll).to.be.below(2000);
    expect(counts.get('vast_hop_duration_seconds_count')).to.have.lengthOf.above(200);
  });
});
