/** Lets requests in as long as there is room for them. */
export type Limiter = {
  /** Takes room for so many unwraps, to be left with what it gives back; null where there is none. */
  readonly admit: (weight?: number) => (() => void) | null;
  readonly inFlight: () => number;
  /** Is there no room, so that everything is refused? */
  readonly isSaturated: () => boolean;
};

/**
 * Bounds the unwraps that are under way. There is no queue: who would have to wait inside a deadline is better served
 * by another replica at once. A batch may overshoot the bound, so that a large one gets in when there is room at all.
 */
export function createLimiter(maxInFlight: number): Limiter {
  let inFlight = 0;
  return {
    admit: (weight = 1) => {
      if (inFlight >= maxInFlight) return null;
      inFlight += weight;
      let left = false;
      return () => {
        if (!left) inFlight -= weight;
        left = true;
      };
    },
    inFlight: () => inFlight,
    isSaturated: () => inFlight >= maxInFlight,
  };
}
