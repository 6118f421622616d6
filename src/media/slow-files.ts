import { type Breaker, createBreaker, type Pass } from '../breaker.ts';
import type { Clock } from '../deadline.ts';

/** Files that our reader had not the time for. */
export type SlowFiles = {
  /** May it be looked at? Null where not, for now. */
  readonly tryPass: (url: string) => Pass | null;
};

/**
 * Once may be a busy moment, twice running is the file's fault. Then it rests for so long [ms], so that it does not
 * take all of the reader.
 */
const REST = { failures: 2, restMs: 60_000, maxRestMs: 3_600_000 };
const MAX_FILES = 1000;

/** Remembers the files that took the reader too long, and lets those rest that did so twice running. */
export function createSlowFiles(clock: Clock, random: () => number): SlowFiles {
  /** The one that was too slow longest ago comes first. */
  const breakers = new Map<string, Breaker>();

  const remember = (url: string, breaker: Breaker): void => {
    breakers.delete(url);
    breakers.set(url, breaker);
    if (breakers.size > MAX_FILES) breakers.delete(breakers.keys().next().value!);
  };
  return {
    tryPass: (url) => {
      const breaker = breakers.get(url) ?? createBreaker(REST, clock, random);
      const pass = breaker.tryPass();
      if (pass === null) return null;
      return {
        isProbe: pass.isProbe,
        end: (came) => {
          pass.end(came);
          if (came === 'failed') remember(url, breaker);
          else if (came === 'succeeded') breakers.delete(url);
        },
      };
    },
  };
}
