import dns, { type LookupAddress, type RecordWithTtl } from 'node:dns';

/** What is said of a name now: its addresses, IPv4 first and never none, or why there are none. */
export type ResolvedName =
  { readonly records: readonly LookupAddress[]; readonly ttlMs: number } | { readonly error: ResolveError };

/** Asks for the addresses of a name, A and AAAA. Never throws. */
export type DnsQuery = {
  readonly ask: (host: string) => Promise<ResolvedName>;
  /** Ends all questions that are under way, with ECANCELLED. */
  readonly cancel: () => void;
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

  /** Does the name server know that there is nothing? Anything else is a fault of its own. */
  get isNothingThere(): boolean {
    return NOTHING_THERE.includes(this.code);
  }
}

const NOTHING_THERE = ['ENOTFOUND', 'ENODATA'];

/** What a question takes at most, though nobody waits so long: a late answer serves the next one who asks. */
const PATIENCE = { timeout: 500, tries: 2 };

/**
 * Asks by `dns.Resolver`, since `dns.lookup` has four threads for the whole process; but names that are local are left
 * to the operating system, as they may stand in its hosts file or need its search list.
 * @param servers name servers, `address` or `address:port`; those of the machine by default
 */
export function createDnsQuery(isLocalName: (name: string) => boolean, servers?: readonly string[]): DnsQuery {
  const underWay = new Set<dns.promises.Resolver>();

  const askServers = async (host: string): Promise<ResolvedName> => {
    // One for each name: a malformed answer fails everything that its resolver has under way.
    const resolver = new dns.promises.Resolver(PATIENCE);
    if (servers !== undefined) resolver.setServers(servers);
    underWay.add(resolver);
    const settled = await Promise.allSettled([
      resolver.resolve4(host, { ttl: true }),
      resolver.resolve6(host, { ttl: true }),
    ]);
    underWay.delete(resolver);
    return answerOf(settled);
  };

  return {
    ask: (host) => (isLocalName(host) ? askSystem(host) : askServers(host)),
    cancel: () => {
      for (const resolver of underWay) resolver.cancel();
    },
  };
}

async function askSystem(host: string): Promise<ResolvedName> {
  try {
    const records = await dns.promises.lookup(host, { all: true, order: 'ipv4first' });
    return records.length > 0 ? { records, ttlMs: 0 } : { error: new ResolveError('ENODATA') };
  } catch (error) {
    return { error: new ResolveError(codeOf(error)) };
  }
}

type LookupResult = PromiseSettledResult<readonly RecordWithTtl[]>;

function answerOf([four, six]: readonly [LookupResult, LookupResult]): ResolvedName {
  const records = [...recordsOf(four, 4), ...recordsOf(six, 6)];
  if (records.length > 0) {
    const found = [four, six].flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
    return { records, ttlMs: Math.min(...found.map(({ ttl }) => ttl)) * 1000 };
  }
  const codes = [four, six].map((each) => (each.status === 'rejected' ? codeOf(each.reason) : 'ENODATA'));
  return { error: new ResolveError(codes.find((code) => !NOTHING_THERE.includes(code)) ?? codes[0]!) };
}

function recordsOf(settled: LookupResult, family: 4 | 6): readonly LookupAddress[] {
  return settled.status === 'fulfilled' ? settled.value.map(({ address }) => ({ address, family })) : [];
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'EAI_FAIL';
}
