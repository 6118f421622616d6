import type { RecordableHistogram } from 'node:perf_hooks';
import type { Breaker, BreakerState } from '../breaker.ts';
import type { Clock } from '../deadline.ts';
import {
  createLatencies,
  createLatencyWindow,
  readPercentile,
  recordLatency,
  type LatencyWindow,
  type Totals,
  type WindowReading,
} from './latency-window.ts';

/** How far back a report looks, in ms. */
export const WINDOWS = { '5m': 300_000, '1h': 3_600_000 } as const;
export type WindowName = keyof typeof WINDOWS;
const WINDOW_NAMES = Object.keys(WINDOWS) as readonly WindowName[];

/** One row of the table of hosts. Times in ms, percentiles null where nothing was received. */
export type HostRow = {
  readonly host: string;
  readonly calls: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  readonly timeouts: number;
  /** Faults of the host other than timeouts. */
  readonly errors: number;
  readonly bytes: number;
  readonly waitingMs: number;
  /** Its part of all waiting, 0 to 1. */
  readonly waitingShare: number;
  /** Hops that did not succeed because of it. */
  readonly chainsHurt: number;
  /** Hops that were not started, because it is left alone or would not have answered in time. */
  readonly skipped: number;
  /** Mean time in each phase of a call. */
  readonly phasesMs: Readonly<Record<'dns' | 'tcp' | 'tls' | 'ttfb' | 'download', number>>;
  readonly breaker: BreakerState;
  /** ISO 8601. */
  readonly lastSeen: string;
  /** The 95th percentile over the window in six steps, the oldest first. */
  readonly series: readonly (number | null)[];
};

/** What the table can be sorted by. */
const RANK_BY = {
  waitingShare: ({ totals }) => totals.waitingMs,
  calls: ({ totals }) => totals.calls,
  p50Ms: ({ percentile }) => percentile(50),
  p95Ms: ({ percentile }) => percentile(95),
  p99Ms: ({ percentile }) => percentile(99),
  timeouts: ({ totals }) => totals.timeouts,
  errors: ({ totals }) => totals.errors,
  bytes: ({ totals }) => totals.bytes,
  chainsHurt: ({ totals }) => totals.chainsHurt,
} as const satisfies Record<string, (reading: WindowReading) => number | null>;

export type HostSort = keyof typeof RANK_BY;
export const SORTS = Object.keys(RANK_BY) as readonly HostSort[];

export type HostQuery = {
  readonly window?: WindowName;
  /** Rows at most. */
  readonly limit?: number;
  /** A part of the host's name. */
  readonly filter?: string;
  /** The column to sort by, the highest first. */
  readonly sort?: HostSort;
};

export type HostReport = { readonly window: WindowName; readonly hosts: readonly HostRow[] };

/** What is known of one host. */
export type HostRecord = {
  readonly breaker: Breaker;
  /** Scheme, host and port of the first request to it; empty before that. */
  origin: string;
  /** `totals` are added to both windows; `latencyMs` is null where nothing was sent. */
  readonly note: (totals: Partial<Totals>, latencyMs: number | null) => void;
  /** Takes note of how long a reply took that was good. */
  readonly noteNeeded: (ms: number) => void;
  /** What nineteen of twenty good replies of the last hour did not exceed, in ms; null below 20 of them. */
  readonly usualMs: () => number | null;
  /** What the fastest twentieth of the good replies of the last hour needed, in ms; null below 100 of them. */
  readonly fastestTwentiethMs: () => number | null;
};

export type HostTable = {
  /**
   * The record of a host, made where there is none. In a full table the host with the fewest calls makes room. Hosts
   * that are left alone go last, and those that still rest never go: null where there are no others.
   */
  readonly of: (host: string) => HostRecord | null;
  /** The same, but null where there is none. */
  readonly find: (host: string) => HostRecord | null;
  readonly report: (query?: HostQuery) => HostReport;
  readonly size: () => number;
  /** How many hosts are left alone now. */
  readonly openBreakers: () => number;
  /** The origins of hosts in steady use: asked once in ten seconds and more over five minutes, and a moment ago. */
  readonly busyOrigins: () => readonly string[];
};

type Windows = Readonly<Record<WindowName, LatencyWindow>>;
/** What a host is measured with; used again for the next when it has to make room. */
type Instruments = { readonly windows: Windows; readonly needed: RecordableHistogram };
type Entry = HostRecord & {
  readonly instruments: Instruments;
  lastSeen: number;
  /** Calls, of which half are forgotten in each CALLS_HALF_LIFE_MS, as they were at `countedAt`. */
  calls: number;
  countedAt: number;
};

const CALLS_HALF_LIFE_MS = 600_000;
/** Replies that tell what is usual, and what a host has hardly ever done. */
const MIN_USUAL = 20;
const MIN_OBSERVATIONS = 100;
/** What the fastest took is worked out again when there are so many times as many replies: that goes over a whole table. */
const MANY_MORE = 1.05;
const STEADY_CALLS = WINDOWS['5m'] / 10_000;
const STEADY_MS = 30_000;

/**
 * @param maxHosts hosts that are remembered; one that is busy all the time takes about 140 KB
 * @param now wall clock, in ms since the epoch
 */
export function createHostTable(
  maxHosts: number,
  clock: Clock,
  now: () => number,
  newBreaker: () => Breaker,
): HostTable {
  const entries = new Map<string, Entry>();
  /** Of all hosts together it is only asked how long they were waited for. */
  const all = newWindows(clock);

  const callsAt = ({ calls, countedAt }: Entry, at: number): number =>
    calls * 2 ** ((countedAt - at) / CALLS_HALF_LIFE_MS);

  const create = (instruments: Instruments): Entry => {
    const { windows, needed } = instruments;
    let neededSince = clock();
    let replies = 0;
    let fastest: { readonly of: number; readonly ms: number | null } = { of: 0, ms: null };
    const isKnown = (atLeast: number): boolean => replies >= atLeast && clock() < neededSince + WINDOWS['1h'];
    const entry: Entry = {
      breaker: newBreaker(),
      instruments,
      origin: '',
      lastSeen: now(),
      calls: 0,
      countedAt: clock(),
      note: (totals, latencyMs) => {
        const at = clock();
        entry.lastSeen = now();
        entry.calls = callsAt(entry, at) + 1;
        entry.countedAt = at;
        const { waitingMs = 0 } = totals;
        for (const name of WINDOW_NAMES) {
          windows[name].note(totals, latencyMs, at);
          if (waitingMs > 0) all[name].note({ waitingMs }, null, at);
        }
      },
      noteNeeded: (ms) => {
        if (clock() >= neededSince + WINDOWS['1h']) {
          needed.reset();
          neededSince = clock();
          replies = 0;
          fastest = { of: 0, ms: null };
        }
        replies += 1;
        recordLatency(needed, ms);
      },
      usualMs: () => (isKnown(MIN_USUAL) ? readPercentile(needed, 95) : null),
      fastestTwentiethMs: () => {
        if (!isKnown(MIN_OBSERVATIONS)) return null;
        const isOld = replies < fastest.of || replies >= fastest.of * MANY_MORE;
        if (isOld) fastest = { of: replies, ms: readPercentile(needed, 5) };
        return fastest.ms;
      },
    };
    return entry;
  };
  /** Those that are left alone are better known than any that is not. */
  const rankOf = (entry: Entry): number => (entry.breaker.state() === 'half-open' ? 1e15 : 0) + callsAt(entry, clock());
  const leastCalled = (): string | null => {
    let least: string | null = null;
    let lowest = Infinity;
    for (const [host, entry] of entries) {
      const rank = entry.breaker.state() === 'open' ? Infinity : rankOf(entry);
      if (rank < lowest) [least, lowest] = [host, rank];
    }
    return least;
  };
  /** New ones while there is room, else those of the host that makes room; null where none can. */
  const instrumentsFor = (): Instruments | null => {
    if (entries.size < maxHosts) return { windows: newWindows(clock), needed: createLatencies() };
    const host = leastCalled();
    if (host === null) return null;
    const { instruments } = entries.get(host)!;
    entries.delete(host);
    // Histograms live outside the heap: a flood of new hosts would outrun the garbage collector.
    for (const window of Object.values(instruments.windows)) window.reset();
    instruments.needed.reset();
    return instruments;
  };
  const of = (host: string): Entry | null => {
    const known = entries.get(host);
    const instruments = known === undefined ? instrumentsFor() : null;
    const entry = known ?? (instruments && create(instruments));
    if (entry !== null && entry !== known) entries.set(host, entry);
    return entry;
  };
  return {
    of,
    find: (host) => entries.get(host) ?? null,
    size: () => entries.size,
    busyOrigins: () =>
      [...entries.values()]
        .filter(({ lastSeen, origin, breaker }) => {
          return origin !== '' && now() - lastSeen < STEADY_MS && breaker.state() === 'closed';
        })
        .filter(({ instruments }) => instruments.windows['5m'].read().totals.calls >= STEADY_CALLS)
        .map(({ origin }) => origin),
    openBreakers: () => [...entries.values()].filter(({ breaker }) => breaker.state() === 'open').length,
    report: ({ window = '5m', limit = 100, filter = '', sort = 'waitingShare' } = {}) => {
      const allWaitingMs = all[window].read().totals.waitingMs;
      const readings = [...entries]
        .filter(([host]) => host.includes(filter.toLowerCase()))
        .map(([host, entry]) => ({ host, entry, reading: entry.instruments.windows[window].read() }))
        .filter(({ reading: { totals } }) => totals.calls + totals.skipped > 0)
        .map((each) => ({ ...each, rank: RANK_BY[sort](each.reading) ?? -1 }))
        .sort((a, b) => b.rank - a.rank || a.host.localeCompare(b.host))
        .slice(0, limit);
      return { window, hosts: readings.map(({ host, entry, reading }) => rowOf(host, entry, reading, allWaitingMs)) };
    },
  };
}

function newWindows(clock: Clock): Record<WindowName, LatencyWindow> {
  return { '5m': createLatencyWindow(WINDOWS['5m'], clock), '1h': createLatencyWindow(WINDOWS['1h'], clock) };
}

function rowOf(
  host: string,
  entry: Entry,
  { totals, percentile, series }: WindowReading,
  allWaitingMs: number,
): HostRow {
  const { calls, timeouts, errors, bytes, waitingMs, chainsHurt, skipped, dns, tcp, tls, ttfb, download } = totals;
  const perCall = (ms: number): number => (calls === 0 ? 0 : ms / calls);
  return {
    host,
    calls,
    p50Ms: percentile(50),
    p95Ms: percentile(95),
    p99Ms: percentile(99),
    timeouts,
    errors,
    bytes,
    waitingMs,
    waitingShare: allWaitingMs === 0 ? 0 : waitingMs / allWaitingMs,
    chainsHurt,
    skipped,
    phasesMs: {
      dns: perCall(dns),
      tcp: perCall(tcp),
      tls: perCall(tls),
      ttfb: perCall(ttfb),
      download: perCall(download),
    },
    breaker: entry.breaker.state(),
    lastSeen: new Date(entry.lastSeen).toISOString(),
    series: series(),
  };
}
