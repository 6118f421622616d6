import { createBreaker } from '../breaker.ts';
import { FAILURES, type FailureReason } from '../chain/failure.ts';
import type { Clock } from '../deadline.ts';
import type { Hosts } from '../unwrap/ports.ts';
import type { Exchange } from '../unwrap/result.ts';
import { createHostTable, type HostQuery, type HostReport } from './host-table.ts';

export type HostsSettings = {
  /** Hosts that are remembered; the one not heard of for longest makes room. */
  readonly maxHosts: number;
  /** Leave out hops that the host was never fast enough for? */
  readonly skipHopeless: boolean;
};

/** Failures running that make a host be left alone, and for how long [ms]. */
const BREAKER = { failures: 5, restMs: 2000, maxRestMs: 30_000 };
/** A timeout says nothing of the host where it had less than this, in ms: a TLS handshake alone may take as long. */
const FAIR_CHANCE_MS = 20;

/**
 * What is known of the hosts: who is left alone, who cannot make it in the time left, who is slow.
 *
 * @param now wall clock, in ms since the epoch
 * @param random a number from 0 up to 1
 * @param isOverloaded is this process itself late? Then a timeout is not the host's
 */
export function createHosts(
  settings: HostsSettings,
  clock: Clock,
  now: () => number,
  random: () => number,
  isOverloaded: () => boolean = () => false,
): Hosts & {
  readonly report: (query?: HostQuery) => HostReport;
  /** How many hosts are left alone now. */
  readonly openBreakers: () => number;
  /** Origins (`https://ads.example`) of hosts in steady use, for whoever keeps connections to them. */
  readonly busyOrigins: () => readonly string[];
  /** Takes note of a request that was no hop's, such as a media probe's; it had `leftMs` when it began. */
  readonly recordExchange: (exchange: Exchange, leftMs: number) => void;
} {
  const table = createHostTable(settings.maxHosts, clock, now, () => createBreaker(BREAKER, clock, random));

  const recordExchange = (exchange: Exchange, leftMs: number, error: FailureReason | null = exchange.error): void => {
    const host = table.of(exchange.host);
    if (host.origin === '') host.origin = URL.parse(exchange.url)?.origin ?? '';
    const isFault = error !== null && FAILURES[error].hostsFault;
    const isTimeout = error === 'timeout';
    const ms = exchange.endedAt - exchange.startedAt;
    const { dns, tcp, tls, ttfb, download } = exchange.phases;
    host.note(
      {
        calls: 1,
        timeouts: isTimeout ? 1 : 0,
        errors: isFault && !isTimeout ? 1 : 0,
        bytes: exchange.bytes,
        waitingMs: ms,
        chainsHurt: isFault ? 1 : 0,
        dns: dns ?? 0,
        tcp: tcp ?? 0,
        tls: tls ?? 0,
        ttfb: ttfb ?? 0,
        download: download ?? 0,
      },
      ms,
    );
    if (isFault) {
      if (isTimeout && (leftMs < FAIR_CHANCE_MS || isOverloaded())) host.breaker.released();
      else host.breaker.failed();
    } else if (exchange.httpStatus !== null) {
      host.breaker.succeeded();
      host.noteNeeded(ms);
    } else {
      host.breaker.released();
    }
  };

  return {
    admit: (name, remainingMs) => {
      const host = table.find(name);
      if (host === null) return null;
      const neededMs = settings.skipHopeless ? host.fastestTwentiethMs() : null;
      if (neededMs !== null && remainingMs < neededMs) {
        const message = `${name}: ${remainingMs.toFixed(1)} ms are left, its fastest twentieth took ${neededMs.toFixed(1)} ms`;
        return { reason: 'hopeless', message };
      }
      if (host.breaker.tryPass()) return null;
      return { reason: 'breaker-open', message: `${name}: it failed too often and is left alone for a while` };
    },
    record: ({ host, cache, exchanges, error, startedAt, remainingMs }) => {
      if (host === null || cache !== 'miss') return;
      if (error === 'hopeless' || error === 'breaker-open') {
        table.of(host).note({ skipped: 1, chainsHurt: 1 }, null);
      } else if (exchanges.length === 0) {
        table.find(host)?.breaker.released();
      }
      for (const [index, exchange] of exchanges.entries()) {
        const isLast = index === exchanges.length - 1;
        const leftMs = startedAt + remainingMs - exchange.startedAt;
        recordExchange(exchange, leftMs, exchange.error ?? (isLast ? error : null));
      }
    },
    recordExchange: (exchange, leftMs) => recordExchange(exchange, leftMs),
    report: table.report,
    openBreakers: table.openBreakers,
    busyOrigins: table.busyOrigins,
  };
}
