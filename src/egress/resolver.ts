import type { LookupAddress } from 'node:dns';
import type { Clock } from '../deadline.ts';
import { ResolveError, type ResolvedName, type DnsQuery } from './dns-query.ts';

/** The addresses of a name, never none of them, or why there are none. Called later, never within `resolve` itself. */
export type ResolveCallback = (error: ResolveError | null, records: readonly LookupAddress[]) => void;

/** Host names to addresses, remembered. */
export type Resolver = {
  readonly resolve: (host: string, callback: ResolveCallback) => void;
  /** Tells that a name is in use, though a kept connection made a lookup needless: it stays remembered. */
  readonly touch: (host: string) => void;
  readonly close: () => void;
};

export type ResolverOptions = {
  /** How long anybody waits for an answer, in ms. */
  readonly waitMs?: number;
  /** How many names are remembered. */
  readonly maxNames?: number;
  readonly clock?: Clock;
  readonly setTimer?: (run: () => void, ms: number) => NodeJS.Timeout;
};

const MIN_TTL_MS = 5_000;
const MAX_TTL_MS = 60_000;
/** An answer may be served for so long while no name server answers. */
const MAX_STALE_MS = 3_600_000;
/** A name that is in use is asked for again when this part of its time has passed. */
const RENEW_AT = 0.8;

/** What is remembered of a name. */
type Entry = {
  readonly host: string;
  records: readonly LookupAddress[];
  error: ResolveError | null;
  answeredAt: number;
  freshUntil: number;
  /** Since the last answer. */
  used: boolean;
  renewal: NodeJS.Timeout | undefined;
};

/**
 * A resolver that remembers: answers are kept 5 to 60 s as their TTL says, those of names in use are renewed before
 * they end, and old ones are served while the name server is dead. Nobody waits longer than `waitMs`.
 */
export function createResolver(query: DnsQuery, options: ResolverOptions = {}): Resolver {
  const { waitMs = 30, maxNames = 10_000, clock = () => performance.now(), setTimer = setTimeout } = options;
  const entries = new Map<string, Entry>();
  const flights = new Map<string, Promise<Entry>>();
  let isClosed = false;

  const ask = (host: string): Promise<Entry> => {
    const underWay = flights.get(host);
    if (underWay !== undefined) return underWay;
    const flight = query.ask(host).then((answer) => {
      flights.delete(host);
      return remember(host, answer);
    });
    flights.set(host, flight);
    return flight;
  };

  const remember = (host: string, answer: ResolvedName): Entry => {
    const now = clock();
    const entry = entries.get(host) ?? newEntry(host);
    update(entry, answer, now);
    keep(entry);
    clearTimeout(entry.renewal);
    entry.used = false;
    if (!isClosed && entry.error === null) {
      const renew = (): void => void (entry.used && ask(host));
      entry.renewal = setTimer(renew, (entry.freshUntil - now) * RENEW_AT).unref();
    }
    return entry;
  };

  /** Puts an entry last, and forgets the first, which was unused longest, where there are too many. */
  const keep = (entry: Entry): void => {
    entries.delete(entry.host);
    entries.set(entry.host, entry);
    if (entries.size > maxNames) for (const first of entries.values()) return forget(first);
  };

  const forget = (entry: Entry): void => {
    clearTimeout(entry.renewal);
    entries.delete(entry.host);
  };

  const wait = (host: string, known: Entry | undefined, callback: ResolveCallback): void => {
    let isWaiting = true;
    const end = (entry: Entry | null): void => {
      if (!isWaiting) return;
      isWaiting = false;
      clearTimeout(timer);
      if (entry === null) callback(new ResolveError('ETIMEOUT'), []);
      else tell(entry, callback);
    };
    const timer = setTimeout(() => {
      const isStale = known !== undefined && isServable(known, clock());
      if (isStale) known.freshUntil = clock() + MIN_TTL_MS;
      end(isStale ? known : null);
    }, waitMs);
    void ask(host).then(end);
  };

  return {
    resolve: (host, callback) => {
      const entry = entries.get(host);
      if (entry === undefined || clock() >= entry.freshUntil) return wait(host, entry, callback);
      entry.used = true;
      keep(entry);
      // After all that is due in this tick, such as the 'socket' event, whose listeners want to see the lookup.
      process.nextTick(queueMicrotask, () => tell(entry, callback));
    },
    touch: (host) => {
      const entry = entries.get(host);
      if (entry !== undefined) entry.used = true;
    },
    close: () => {
      isClosed = true;
      for (const entry of entries.values()) forget(entry);
      query.cancel();
    },
  };
}

function newEntry(host: string): Entry {
  return { host, records: [], error: null, answeredAt: 0, freshUntil: 0, used: false, renewal: undefined };
}

function update(entry: Entry, answer: ResolvedName, now: number): void {
  if ('records' in answer) {
    entry.records = answer.records;
    entry.error = null;
    entry.answeredAt = now;
    entry.freshUntil = now + Math.min(MAX_TTL_MS, Math.max(MIN_TTL_MS, answer.ttlMs));
  } else if (answer.error.isNothingThere || !isServable(entry, now)) {
    entry.records = [];
    entry.error = answer.error;
    // Where the name server was at fault, the next one who wants the name asks again.
    entry.freshUntil = answer.error.isNothingThere ? now + MIN_TTL_MS : now;
  } else {
    entry.freshUntil = now + MIN_TTL_MS;
  }
}

/** May its addresses be served though they are old? */
function isServable(entry: Entry, now: number): boolean {
  return entry.records.length > 0 && now - entry.answeredAt < MAX_STALE_MS;
}

function tell({ error, records }: Entry, callback: ResolveCallback): void {
  // An empty list without an error would bring the process down, in net.connect.
  if (records.length > 0) callback(null, records);
  else callback(error ?? new ResolveError('ENODATA'), []);
}
