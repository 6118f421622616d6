import dns, { type LookupAddress, type RecordWithTtl } from 'node:dns';
import type { Clock } from '../deadline.ts';

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
  /** Name servers, `address` or `address:port`; those of the machine by default. */
  readonly servers?: readonly string[];
  /** Names that the operating system resolves, since they may stand in its hosts file or need its search list. */
  readonly isLocalName?: (name: string) => boolean;
  /** How long anybody waits for an answer, in ms. */
  readonly waitMs?: number;
  readonly clock?: Clock;
};

/** A name has no address, or nobody said so in time. */
export class ResolveError extends Error {
  override readonly name = 'ResolveError';
  /** As c-ares names it, such as ENOTFOUND or ESERVFAIL. */
  readonly code: string;

  constructor(code: string) {
    super(`the name could not be resolved (${code})`);
    this.code = code;
  }
}

const MIN_TTL_MS = 5_000;
const MAX_TTL_MS = 60_000;
/** An answer may be served for so long while no name server answers. */
const MAX_STALE_MS = 3_600_000;
/** A name that was used is asked for again when this part of its time has passed. */
const REFRESH_AT = 0.8;
const MAX_NAMES = 10_000;
/** What a query takes at most, though nobody waits so long: a late answer serves the next one who asks. */
const QUERY = { timeout: 500, tries: 2 };
/** The name server knows that there is nothing; anything else is a fault of its own. */
const NOTHING_THERE = ['ENOTFOUND', 'ENODATA'];

type Answer = { readonly records: readonly LookupAddress[]; readonly ttlMs: number } | { readonly error: ResolveError };

type Entry = {
  readonly host: string;
  records: readonly LookupAddress[];
  error: ResolveError | null;
  freshUntil: number;
  answeredAt: number;
  used: boolean;
  refresh: NodeJS.Timeout | null;
};

/**
 * A resolver on `dns.Resolver`, A and AAAA, since `dns.lookup` has four threads for the whole process. Answers are
 * kept 5 to 60 s as their TTL says, those of names in use are renewed before they end, and old ones are served while
 * the name server is dead. Nobody waits longer than `waitMs`.
 */
export function createResolver({
  servers,
  isLocalName = () => false,
  waitMs = 30,
  clock = () => performance.now(),
}: ResolverOptions = {}): Resolver {
  const resolver = new dns.promises.Resolver(QUERY);
  if (servers !== undefined) resolver.setServers(servers);
  const entries = new Map<string, Entry>();
  const flights = new Map<string, Promise<Entry>>();
  let isClosed = false;

  const query = (host: string): Promise<Answer> => (isLocalName(host) ? askSystem(host) : askServers(resolver, host));

  const ask = (host: string): Promise<Entry> => {
    const under = flights.get(host);
    if (under !== undefined) return under;
    const flight = query(host).then((answer) => {
      flights.delete(host);
      return remember(host, answer);
    });
    flights.set(host, flight);
    return flight;
  };

  const remember = (host: string, answer: Answer): Entry => {
    const now = clock();
    const known = entries.get(host);
    const entry: Entry = known ?? {
      host,
      records: [],
      error: null,
      freshUntil: 0,
      answeredAt: now,
      used: false,
      refresh: null,
    };
    entry.freshUntil = now + MIN_TTL_MS;
    if ('records' in answer) {
      Object.assign(entry, { records: answer.records, error: null, answeredAt: now, freshUntil: now + answer.ttlMs });
    } else if (!isStillGood(entry, answer.error, now)) {
      Object.assign(entry, { records: [], error: answer.error });
      // A name server that is at fault is asked again by the next one who wants the name.
      if (!NOTHING_THERE.includes(answer.error.code)) entry.freshUntil = now;
    }
    keep(entry);
    schedule(entry, now);
    return entry;
  };

  const keep = (entry: Entry): void => {
    entries.delete(entry.host);
    entries.set(entry.host, entry);
    if (entries.size > MAX_NAMES) for (const oldest of entries.values()) return drop(oldest);
  };

  const drop = (entry: Entry): void => {
    if (entry.refresh !== null) clearTimeout(entry.refresh);
    entries.delete(entry.host);
  };

  const schedule = (entry: Entry, now: number): void => {
    if (entry.refresh !== null) clearTimeout(entry.refresh);
    entry.refresh = null;
    entry.used = false;
    if (isClosed || entry.error !== null) return;
    entry.refresh = setTimeout(
      () => {
        entry.refresh = null;
        if (entry.used) void ask(entry.host);
      },
      (entry.freshUntil - now) * REFRESH_AT,
    ).unref();
  };

  const resolve = (host: string, callback: ResolveCallback): void => {
    const entry = entries.get(host);
    if (entry !== undefined && clock() < entry.freshUntil) {
      entry.used = true;
      keep(entry);
      // After all that is due in this tick, such as the 'socket' event, whose listeners want to see the lookup.
      process.nextTick(queueMicrotask, () => answerWith(entry, callback));
      return;
    }
    let isWaiting = true;
    const answer = (found: Entry | undefined): void => {
      if (!isWaiting) return;
      isWaiting = false;
      clearTimeout(timer);
      if (found === undefined) return callback(new ResolveError('ETIMEOUT'), []);
      found.used = true;
      answerWith(found, callback);
    };
    // The old answer, where there is one, is better than none.
    const timer = setTimeout(() => {
      const stale = entry !== undefined && entry.records.length > 0 ? entry : undefined;
      if (stale !== undefined) stale.freshUntil = clock() + MIN_TTL_MS;
      answer(stale);
    }, waitMs);
    void ask(host).then(answer);
  };

  return {
    resolve,
    touch: (host) => {
      const entry = entries.get(host);
      if (entry !== undefined) entry.used = true;
    },
    close: () => {
      isClosed = true;
      for (const entry of entries.values()) drop(entry);
      resolver.cancel();
    },
  };
}

function answerWith({ error, records }: Entry, callback: ResolveCallback): void {
  // An empty list without an error would bring the process down [nodejs/node: net.connect].
  if (records.length > 0) callback(null, records);
  else callback(error ?? new ResolveError('ENODATA'), []);
}

function isStillGood(entry: Entry, error: ResolveError, now: number): boolean {
  return entry.records.length > 0 && !NOTHING_THERE.includes(error.code) && now - entry.answeredAt < MAX_STALE_MS;
}

async function askServers(resolver: dns.promises.Resolver, host: string): Promise<Answer> {
  const [four, six] = await Promise.allSettled([
    resolver.resolve4(host, { ttl: true }),
    resolver.resolve6(host, { ttl: true }),
  ]);
  const found = [...recordsOf(four, 4), ...recordsOf(six, 6)];
  if (found.length > 0) return { records: found, ttlMs: ttlOf([four, six]) };
  const codes = [four, six].map((each) => (each.status === 'rejected' ? codeOf(each.reason) : 'ENODATA'));
  return { error: new ResolveError(codes.find((code) => !NOTHING_THERE.includes(code)) ?? codes[0]!) };
}

async function askSystem(host: string): Promise<Answer> {
  try {
    const records = await dns.promises.lookup(host, { all: true });
    return records.length > 0 ? { records, ttlMs: MIN_TTL_MS } : { error: new ResolveError('ENODATA') };
  } catch (error) {
    return { error: new ResolveError(codeOf(error)) };
  }
}

type Settled = PromiseSettledResult<readonly RecordWithTtl[]>;

function recordsOf(settled: Settled, family: 4 | 6): readonly LookupAddress[] {
  return settled.status === 'fulfilled' ? settled.value.map(({ address }) => ({ address, family })) : [];
}

function ttlOf(settled: readonly Settled[]): number {
  const ttls = settled.flatMap((each) => (each.status === 'fulfilled' ? each.value.map(({ ttl }) => ttl * 1000) : []));
  return Math.min(MAX_TTL_MS, Math.max(MIN_TTL_MS, Math.min(...ttls)));
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException).code ?? 'EAI_FAIL');
}
