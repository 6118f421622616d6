import type { Meter } from '@opentelemetry/api';
import type { Clock } from '../deadline.ts';
import type { BatchBid, ProbeMode } from '../unwrap/ports.ts';
import type { Exchange, HopReport, Phases, UnwrapResult } from '../unwrap/result.ts';
import { createHostLabels } from './host-label.ts';
import { observable } from './observable.ts';
import type { Ledger } from './ledger.ts';
import type { MetricName } from './names.ts';
import { observeProcess } from './process-metrics.ts';
import { addressOf, hopOutcome } from './trace-hop.ts';

/** Bounds of the buckets of durations, in s: dense round the usual deadline of 100 ms. */
export const DURATION_BUCKETS = [0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1];

const PHASES: readonly (keyof Phases)[] = ['dns', 'tcp', 'tls', 'ttfb', 'download'];
const WRAPPER_BUCKETS = [0, 1, 2, 3, 4, 5, 10];
/** Longer ids of accounts and bidders are cut. */
const MAX_ID = 64;
/** Hops this deep and deeper share a label. */
const DEEPEST = 10;

/** What is asked for whenever metrics are read. */
export type ServiceState = {
  readonly inFlight: () => number;
  readonly cache: () => {
    readonly bytes: number;
    readonly entries: number;
    readonly evictions: number;
    readonly stale: number;
    readonly conclusions: { readonly bytes: number; readonly hits: number; readonly misses: number };
    /** Null where there is no shared cache. */
    readonly sharedCache: { readonly connected: boolean } | null;
  };
  /** Hosts that are left alone for failing. */
  readonly openBreakers: () => number;
  /** Error URLs that were not told, since the start. */
  readonly pixelsDropped: () => number;
  /** Tags of WATCH_FILE that are bad, and how often one turned bad; null where none is watched. */
  readonly watched: () => { readonly bad: number; readonly turnedBad: number } | null;
  /** What the documents under way weigh, in bytes. */
  readonly documentsHeld: () => number;
};

type RequestLabels = { readonly method: string; readonly route: string };

export type Metrics = {
  readonly request: (request: RequestLabels, httpStatus: number | null, ms: number) => void;
  /** Counts a request that was refused for overload: nothing was done for it. */
  readonly refusal: (request: RequestLabels, httpStatus: number) => void;
  /** Counts an unwrap and everything that its hops did; a bid of a batch also by whose it is. */
  readonly unwrap: (result: UnwrapResult, bid?: BatchBid) => void;
  readonly probe: (look: Look) => void;
};

/** A look at a media file. */
export type Look = {
  readonly mode: ProbeMode;
  readonly host: string;
  /** One word. */
  readonly outcome: string;
  readonly exchanges: readonly Exchange[];
  readonly ms: number;
};

/**
 * Makes the instruments of METRICS: what happens is counted in the ledger, and the state of this moment is asked for by the
 * meter.
 */
export function createMetrics(
  meter: Meter,
  ledger: Ledger,
  state: ServiceState,
  clock: Clock = () => performance.now(),
): Metrics {
  const hosts = createHostLabels(clock);
  const server = ledger.histogram('http.server.request.duration', DURATION_BUCKETS);
  const unwraps = ledger.histogram('vast.unwrap.duration', DURATION_BUCKETS);
  const remaining = ledger.histogram('vast.deadline.remaining', DURATION_BUCKETS);
  const wrappers = ledger.histogram('vast.wrappers', WRAPPER_BUCKETS);
  const errors = ledger.counter('vast.errors');
  const shed = ledger.counter('vast.shed');
  const cache = ledger.counter('vast.cache.requests');
  const hops = ledger.histogram('vast.hop.duration', DURATION_BUCKETS);
  const depths = ledger.histogram('vast.hop.depth.duration', DURATION_BUCKETS);
  const probes = ledger.histogram('vast.probe.duration', DURATION_BUCKETS);
  const looks = ledger.counter('vast.probe.looks');
  const gets = ledger.histogram('http.client.request.duration', DURATION_BUCKETS);
  const phases = ledger.counter('vast.phase.time');
  const bids = ledger.counter('vast.bids');
  const drifts = ledger.counter('vast.creative.drifts');
  shed.add(0, []);
  bids.add(0, []);
  observeState(meter, state);
  observeProcess(meter, ledger);

  const labelOf = (host: string | null): string => hosts.labelOf(host === null ? '' : addressOf(host));

  const noteExchange = (exchange: Exchange): void => {
    const label = hosts.heard(addressOf(exchange.host), exchange.httpStatus !== null);
    gets.record((exchange.endedAt - exchange.startedAt) / 1000, ['GET', label, exchange.error]);
    for (const phase of PHASES) {
      const ms = exchange.phases[phase];
      if (ms !== null) phases.add(ms / 1000, [label, phase]);
    }
  };

  const noteHop = (hop: HopReport): void => {
    cache.add(1, [hop.cache]);
    hop.exchanges.forEach(noteExchange);
    if (!hasWaited(hop)) return;
    hops.record(hop.ms / 1000, [labelOf(hop.host), hopOutcome(hop), hop.kind]);
    depths.record(hop.ms / 1000, [Math.min(hop.index, DEEPEST)]);
  };

  const noteBid = ({ accountId = null, bidder }: BatchBid, status: string): void => {
    // callers write these; the ledger puts what is beyond 2000 combinations together
    const short = (id: string | null): string => (id ?? '').slice(0, MAX_ID);
    bids.add(1, [short(accountId), short(bidder), status]);
  };

  const noteRequest: Metrics['request'] = ({ method, route }, httpStatus, ms) =>
    server.record(ms / 1000, [method, route, httpStatus]);

  return {
    request: noteRequest,
    refusal: (request, httpStatus) => {
      noteRequest(request, httpStatus, 0);
      shed.add(1, []);
    },
    unwrap: (result, bid) => {
      if (bid !== undefined) noteBid(bid, result.status);
      const { status, deadline, vastError } = result;
      if (status === 'shed') return shed.add(1, []);
      unwraps.record(deadline.elapsedMs / 1000, [status]);
      remaining.record(Math.max(0, deadline.tmax - deadline.elapsedMs) / 1000, [status]);
      wrappers.record(result.wrappers, []);
      if (vastError !== null) errors.add(1, [vastError]);
      for (const kind of result.drift?.kinds ?? []) drifts.add(1, [kind]);
      result.hops.forEach(noteHop);
    },
    probe: ({ mode, host, outcome, exchanges, ms }) => {
      probes.record(ms / 1000, [labelOf(host), outcome]);
      looks.add(1, [mode, outcome]);
      exchanges.forEach(noteExchange);
    },
  };
}

/** Was an ad server waited for? What was kept, given or refused says nothing of its host. */
function hasWaited({ exchanges, cache }: HopReport): boolean {
  return exchanges.length > 0 || cache === 'coalesced';
}

function observeState(meter: Meter, state: ServiceState): void {
  const observed: readonly (readonly [MetricName, () => number | null])[] = [
    ['vast.inflight', state.inFlight],
    ['vast.cache.size', () => state.cache().bytes + state.cache().conclusions.bytes],
    ['vast.cache.conclusions.size', () => state.cache().conclusions.bytes],
    ['vast.cache.conclusions.hits', () => state.cache().conclusions.hits],
    ['vast.cache.conclusions.misses', () => state.cache().conclusions.misses],
    ['vast.cache.entries', () => state.cache().entries],
    ['vast.cache.evictions', () => state.cache().evictions],
    ['vast.cache.stale', () => state.cache().stale],
    ['vast.cache.shared.connected', () => connectedOf(state.cache().sharedCache)],
    ['vast.breaker.open', state.openBreakers],
    ['vast.error_urls.dropped', state.pixelsDropped],
    ['vast.watch.bad', () => state.watched()?.bad ?? null],
    ['vast.watch.turned_bad', () => state.watched()?.turnedBad ?? null],
    ['vast.documents.size', state.documentsHeld],
  ];
  for (const [name, read] of observed) {
    observable(meter, name).addCallback((result) => {
      const value = read();
      if (value !== null) result.observe(value);
    });
  }
}

/** Null where there is no shared cache: 0 is a connection that was lost. */
function connectedOf(sharedCache: { readonly connected: boolean } | null): number | null {
  return sharedCache === null ? null : Number(sharedCache.connected);
}
