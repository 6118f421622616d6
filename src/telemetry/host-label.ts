import type { Clock } from '../deadline.ts';

/** The label of every host that is not named. */
export const OTHER_HOSTS = '_other';

/** Which hosts metrics call by their names. */
export type HostLabels = {
  /** Takes note of a call, and says what the host is called. */
  readonly heard: (host: string, wasAnswered: boolean) => string;
  /** The host's name, or `_other`. */
  readonly labelOf: (host: string) => string;
};

/** A host that has a name, or had one a short while ago and is `_other` now. */
type Known = { label: string; calls: number; seenAt: number };

export type HostLabelSettings = {
  /** Hosts that have a name at one time. */
  readonly named: number;
  /** Hosts that may have a name within UNSEEN_MS: each name that was given is a series until then. */
  readonly namedADay: number;
};

const SETTINGS: HostLabelSettings = { named: 200, namedADay: 280 };

/** Answered calls that earn a name: what anybody may invent, or ask for once, has none. */
const EARNED = 5;
/** A name that was not heard for so long is given up. */
const UNSEEN_MS = 86_400_000;
/** Unnamed hosts whose calls are counted. */
const CANDIDATES = 2000;
/** A host takes the name of another one once it is this much busier. */
const TAKEOVER = 2;
/** Calls after which all counts are halved, so that they say who is busy now. */
const HALF_LIFE_CALLS = 100_000;

/**
 * Host names come from strangers, and each label value is a series: so the busiest hosts that answer go by their names
 * and the rest is `_other`.
 */
export function createHostLabels(clock: Clock, { named, namedADay }: HostLabelSettings = SETTINGS): HostLabels {
  const known = new Map<string, Known>();
  let names = 0;
  /** Answered calls of hosts without a name. */
  const candidates = new Map<string, number>();
  let calls = 0;
  /** No known host was last seen before this. */
  let oldest = clock();

  const forgetUnseen = (): void => {
    const now = clock();
    if (now < oldest + UNSEEN_MS) return;
    oldest = now;
    for (const [host, { label, seenAt }] of known) {
      if (now < seenAt + UNSEEN_MS) {
        oldest = Math.min(oldest, seenAt);
        continue;
      }
      known.delete(host);
      if (label !== OTHER_HOSTS) names -= 1;
    }
  };
  const giveUpQuietest = (busierThan: number): boolean => {
    const named = [...known.values()].filter(({ label }) => label !== OTHER_HOSTS);
    const quietest = named.reduce((low, each) => (each.calls < low.calls ? each : low));
    if (busierThan < quietest.calls * TAKEOVER) return false;
    candidates.set(quietest.label, quietest.calls);
    quietest.label = OTHER_HOSTS;
    names -= 1;
    return true;
  };
  const count = (host: string): number => {
    const answered = (candidates.get(host) ?? 0) + 1;
    if (candidates.size >= CANDIDATES && !candidates.has(host)) candidates.delete(candidates.keys().next().value!);
    candidates.set(host, answered);
    return answered;
  };
  /** The name of a host that has earned one by so many answered calls, where there is room. */
  const nameOf = (host: string, answered: number): string => {
    forgetUnseen();
    // looking for the least busy name is work: not on every call
    if (!known.has(host) && known.size >= namedADay) return OTHER_HOSTS;
    if (names >= named && (answered % 8 !== 0 || !giveUpQuietest(answered))) return OTHER_HOSTS;
    known.set(host, { label: host, calls: answered, seenAt: clock() });
    names += 1;
    candidates.delete(host);
    return host;
  };

  return {
    heard: (host, wasAnswered) => {
      calls += 1;
      if (calls % HALF_LIFE_CALLS === 0) halve(known, candidates);
      const entry = known.get(host);
      if (entry !== undefined && entry.label !== OTHER_HOSTS) {
        entry.calls += 1;
        entry.seenAt = clock();
        return entry.label;
      }
      const answered = wasAnswered ? count(host) : 0;
      return answered < EARNED ? OTHER_HOSTS : nameOf(host, answered);
    },
    labelOf: (host) => known.get(host)?.label ?? OTHER_HOSTS,
  };
}

function halve(known: ReadonlyMap<string, Known>, candidates: Map<string, number>): void {
  for (const entry of known.values()) entry.calls = Math.floor(entry.calls / 2);
  for (const [host, calls] of candidates) {
    if (calls < 2) candidates.delete(host);
    else candidates.set(host, Math.floor(calls / 2));
  }
}
