/** The label of every host that is not named. */
export const OTHER_HOSTS = '_other';

export type HostLabelSettings = {
  /** Hosts that have a name at one time. */
  readonly named: number;
  /** Hosts that get a name as long as the process lives: a series, once begun, stays. */
  readonly everNamed: number;
};

const SETTINGS: HostLabelSettings = { named: 200, everNamed: 280 };

/** Unnamed hosts whose calls are counted. */
const CANDIDATES = 2000;
/** A host takes the name of another one once it is this much busier. */
const TAKEOVER = 2;
/** Calls after which all counts are halved, so that they say who is busy now. */
const HALF_LIFE_CALLS = 100_000;

/**
 * Host names come from strangers, and each label value is a series for ever: so the busiest hosts go by their names
 * and the rest is `_other`. Ask once per call: asking is counting.
 */
export function createHostLabel({ named, everNamed }: HostLabelSettings = SETTINGS): (host: string) => string {
  const names = new Map<string, number>();
  const candidates = new Map<string, number>();
  const ever = new Set<string>();
  const mayBeNamed = (host: string): boolean => ever.has(host) || ever.size < everNamed;
  let calls = 0;

  return (host) => {
    calls += 1;
    if (calls % HALF_LIFE_CALLS === 0) for (const counts of [names, candidates]) halve(counts);
    const count = names.get(host);
    if (count !== undefined) {
      names.set(host, count + 1);
      return host;
    }
    if (!mayBeNamed(host) || (names.size >= named && !takesOver(host))) return OTHER_HOSTS;
    ever.add(host);
    names.set(host, (candidates.get(host) ?? 0) + 1);
    candidates.delete(host);
    return host;
  };

  function takesOver(host: string): boolean {
    const count = (candidates.get(host) ?? 0) + 1;
    if (candidates.size >= CANDIDATES && !candidates.has(host)) candidates.delete(candidates.keys().next().value!);
    candidates.set(host, count);
    // looking for the least busy name is work: not on every call
    if (count % 8 !== 0) return false;
    const [quietest, calls] = [...names].reduce((least, each) => (each[1] < least[1] ? each : least));
    if (count < calls * TAKEOVER) return false;
    names.delete(quietest);
    candidates.set(quietest, calls);
    return true;
  }
}

function halve(counts: Map<string, number>): void {
  for (const [host, count] of counts) {
    if (count < 2) counts.delete(host);
    else counts.set(host, Math.floor(count / 2));
  }
}
