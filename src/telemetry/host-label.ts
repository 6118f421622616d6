import type { Clock } from '../deadline.ts';

/** The label of every host that is not named. */
export const OTHER_HOSTS = '_other';

/** Which hosts metrics call by their names. */
export type HostLabels = {
  /** Takes note of a call. */
  readonly heard: (host: string, wasAnswered: boolean) => void;
  /** The host's name, or `_other`. */
  readonly labelOf: (host: string) => string;
};

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
  /** Calls of those that have a name, and answered calls of the others. */
  const names = new Map<string, number>();
  const candidates = new Map<string, number>();
  /** When each that has or had a name was last heard of, the longest ago first. */
  const lastSeen = new Map<string, number>();
  let calls = 0;

  const see = (host: string): void => {
    lastSeen.delete(host);
    lastSeen.set(host, clock());
  };
  const forgetUnseen = (): void => {
    for (const [host, seenAt] of lastSeen) {
      if (clock() < seenAt + UNSEEN_MS) return;
      lastSeen.delete(host);
      names.delete(host);
    }
  };
  const giveUpQuietest = (busierThan: number): boolean => {
    const [quietest, least] = [...names].reduce((low, each) => (each[1] < low[1] ? each : low));
    if (busierThan < least * TAKEOVER) return false;
    names.delete(quietest);
    candidates.set(quietest, least);
    return true;
  };
  const count = (host: string): number => {
    const answered = (candidates.get(host) ?? 0) + 1;
    if (candidates.size >= CANDIDATES && !candidates.has(host)) candidates.delete(candidates.keys().next().value!);
    candidates.set(host, answered);
    return answered;
  };

  return {
    heard: (host, wasAnswered) => {
      calls += 1;
      if (calls % HALF_LIFE_CALLS === 0) halve(names, candidates);
      const known = names.get(host);
      if (known !== undefined) {
        names.set(host, known + 1);
        return see(host);
      }
      const answered = wasAnswered ? count(host) : 0;
      if (answered < EARNED) return;
      forgetUnseen();
      // looking for the least busy name is work: not on every call
      if (!lastSeen.has(host) && lastSeen.size >= namedADay) return;
      if (names.size >= named && (answered % 8 !== 0 || !giveUpQuietest(answered))) return;
      names.set(host, answered);
      candidates.delete(host);
      see(host);
    },
    labelOf: (host) => (names.has(host) ? host : OTHER_HOSTS),
  };
}

function halve(names: Map<string, number>, candidates: Map<string, number>): void {
  for (const [host, calls] of names) names.set(host, Math.floor(calls / 2));
  for (const [host, calls] of candidates) {
    if (calls < 2) candidates.delete(host);
    else candidates.set(host, Math.floor(calls / 2));
  }
}
