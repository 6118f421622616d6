import type { Clock } from '../deadline.ts';

export type LookLimitSettings = {
  /** Looks that may begin within a second. */
  readonly perSecond: number;
  readonly maxInFlight: number;
  readonly maxPerHost: number;
};

/** Says whether another file of a host may be looked at now. */
export type LookLimits = {
  /** What ends the look; null where there is no room for it. Nobody waits: the next auction asks again. */
  readonly enter: (host: string) => (() => void) | null;
};

/** Bounds the looks for which nobody waits, so that they take nothing from the work for which somebody does. */
export function createLookLimits(
  { perSecond, maxInFlight, maxPerHost }: LookLimitSettings,
  clock: Clock,
  isOverloaded: () => boolean,
): LookLimits {
  const perHost = new Map<string, number>();
  let inFlight = 0;
  let tokens = perSecond;
  let filledAt = clock();

  const leave = (host: string): void => {
    inFlight -= 1;
    const left = perHost.get(host)! - 1;
    if (left === 0) perHost.delete(host);
    else perHost.set(host, left);
  };
  return {
    enter: (host) => {
      const now = clock();
      tokens = Math.min(perSecond, tokens + ((now - filledAt) / 1000) * perSecond);
      filledAt = now;
      const ofHost = perHost.get(host) ?? 0;
      if (tokens < 1 || inFlight >= maxInFlight || ofHost >= maxPerHost || isOverloaded()) return null;
      tokens -= 1;
      inFlight += 1;
      perHost.set(host, ofHost + 1);
      return () => leave(host);
    },
  };
}
