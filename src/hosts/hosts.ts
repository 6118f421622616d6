import { createBreaker, type Came, type Pass } from '../breaker.ts';
import { FAILURES, type Failure } from '../chain/failure.ts';
import type { Clock } from '../deadline.ts';
import { isTimeoutOfOurs } from '../own-delay.ts';
import type { Hosts, Visit } from '../unwrap/ports.ts';
import type { Exchange, Phases } from '../unwrap/result.ts';
import { createHostTable, type HostQuery, type HostRecord, type HostReport } from './host-table.ts';
import type { Totals } from './latency-window.ts';
import { cameOf, hostMsOf, isHeardOf } from './observation.ts';

export type HostsSettings = {
  /** Hosts that are remembered. */
  readonly maxHosts: number;
  /** Leave out hops that the host was never fast enough for? */
  readonly skipHopeless: boolean;
};

/** Failures running that make a host be left alone, and for how long [ms]. */
const BREAKER = { failures: 5, restMs: 2000, maxRestMs: 30_000 };

/**
 * Keeps what is known of the hosts, and decides by it which host is asked.
 *
 * Whoever wants to ask a host does so through `visit`. A host whose breaker is open is left alone; one that was never
 * fast enough for the time that is left is not asked either (`hopeless`). When a request has ended its times go to the
 * table, and its fault goes to the breaker if it was the host's: once for each request of a caller, however often that
 * asked the host.
 *
 * @param now wall clock, in ms since the epoch
 * @param random a number from 0 up to 1
 */
export function createHosts(
  settings: HostsSettings,
  clock: Clock,
  now: () => number,
  random: () => number,
): Hosts & {
  readonly report: (query?: HostQuery) => HostReport;
  /** How many hosts are left alone now. */
  readonly openBreakers: () => number;
  /** Is it one of them? */
  readonly isLeftAlone: (host: string) => boolean;
  /** Origins (`https://ads.example`) of hosts in steady use, for whoever keeps connections to them. */
  readonly busyOrigins: () => readonly string[];
  /** Did a request end without an answer, though the host had the time that it usually needs? */
  readonly isHanging: (exchange: Exchange) => boolean;
} {
  const table = createHostTable(settings.maxHosts, clock, now, () => createBreaker(BREAKER, clock, random));
  /** The hosts that failed each request: however often a request asks a host, that is one observation. */
  const failedFor = new WeakMap<object, Set<string>>();

  const isFirstFailure = (request: object, host: string): boolean => {
    const hosts = failedFor.get(request) ?? new Set();
    failedFor.set(request, hosts);
    return hosts.size < hosts.add(host).size;
  };

  const observed = (exchange: Exchange): Came => cameOf(exchange, () => table.find(exchange.host)?.usualMs() ?? null);

  /** Null where there is nothing to remember. */
  const note = (exchange: Exchange): HostRecord | null => {
    const record = table.find(exchange.host) ?? (isHeardOf(exchange) ? table.of(exchange.host) : null);
    if (record === null) return null;
    if (record.origin === '') record.origin = URL.parse(exchange.url)?.origin ?? '';
    record.note(totalsOf(exchange), isTimeoutOfOurs(exchange) ? null : hostMsOf(exchange));
    return record;
  };

  /** Tells the breaker of each host that was asked how its last exchange ended, once. */
  const tellBreaker = ({ host, request }: Visit, pass: Pass | null, exchanges: readonly Exchange[]): void => {
    const came = new Map<string, Came>();
    for (const exchange of exchanges) {
      const each = observed(exchange);
      const record = note(exchange);
      if (each !== 'nothing') came.set(exchange.host, each);
      if (each === 'succeeded' && exchange.error === null) record?.noteNeeded(hostMsOf(exchange));
    }
    for (const [name, each] of came) {
      const own = name === host ? pass : null;
      const isTold = each === 'succeeded' || isFirstFailure(request, name) || own?.isProbe === true;
      if (!isTold) continue;
      if (own === null) table.find(name)?.breaker.observe(each);
      else own.end(each);
    }
  };

  const hopeless = (name: string, host: HostRecord, remainingMs: number): Failure | null => {
    const neededMs = settings.skipHopeless ? host.fastestTwentiethMs() : null;
    if (neededMs === null || remainingMs >= neededMs) return null;
    const message = `${name}: ${remainingMs.toFixed(1)} ms are left, its fastest twentieth took ${neededMs.toFixed(1)} ms`;
    return { reason: 'hopeless', message };
  };

  return {
    visit: async (visit, ask) => {
      const { host: name, remainingMs } = visit;
      const host = table.find(name);
      const tooLate = host && hopeless(name, host, remainingMs);
      const pass = tooLate === null && host !== null ? host.breaker.tryPass() : null;
      if (host !== null && pass === null) {
        host.note({ skipped: 1, chainsHurt: 1 }, null);
        const message = `${name}: it failed too often and is left alone for a while`;
        return { refused: tooLate ?? { reason: 'breaker-open', message } };
      }
      try {
        const came = await ask();
        tellBreaker(visit, pass, came.exchanges);
        return came;
      } finally {
        pass?.end('nothing');
      }
    },
    isHanging: (exchange) => exchange.error === 'timeout' && observed(exchange) === 'failed',
    report: table.report,
    openBreakers: table.openBreakers,
    isLeftAlone: (host) => table.find(host)?.breaker.state() === 'open',
    busyOrigins: table.busyOrigins,
  };
}

function totalsOf(exchange: Exchange): Partial<Totals> {
  const { error, bytes } = exchange;
  const isFault = error !== null && FAILURES[error].hostsFault === true && !isTimeoutOfOurs(exchange);
  const isTimeout = error === 'timeout';
  const { dns, tcp, tls, ttfb, download } = hostPhases(exchange);
  return {
    calls: 1,
    timeouts: isFault && isTimeout ? 1 : 0,
    errors: isFault && !isTimeout ? 1 : 0,
    bytes,
    waitingMs: hostMsOf(exchange),
    chainsHurt: isFault ? 1 : 0,
    dns,
    tcp,
    tls,
    ttfb,
    download,
  };
}

const PHASES: readonly (keyof Phases)[] = ['dns', 'tcp', 'tls', 'ttfb', 'download'];

/**
 * The phases of a request without what our own loop was late. In which phase it was late is not measured. The longest
 * ones are taken for it, since each lasted at least as long as the delay within it.
 */
function hostPhases({ phases, ownDelayMs }: Exchange): Record<keyof Phases, number> {
  const { dns, tcp, tls, ttfb, download } = phases;
  const own = { dns: dns ?? 0, tcp: tcp ?? 0, tls: tls ?? 0, ttfb: ttfb ?? 0, download: download ?? 0 };
  if (ownDelayMs === 0) return own;
  const longestFirst = PHASES.toSorted((a, b) => own[b] - own[a]);
  let delayMs = ownDelayMs;
  for (const phase of longestFirst) {
    const ms = own[phase];
    own[phase] = Math.max(0, ms - delayMs);
    delayMs = Math.max(0, delayMs - ms);
  }
  return own;
}
