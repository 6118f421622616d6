/** Counts what is under way, per host and in all, so that one host that hangs cannot take everything. */
export type Bulkhead = {
  /** Takes a place; null where there is none: nobody waits in a queue. Call what it returns once, when done. */
  readonly enter: (host: string) => (() => void) | null;
  /** How many places are taken. */
  readonly inFlight: () => number;
};

/** A bulkhead with so many places for each host, and so many in all. */
export function createBulkhead(perHost: number, inAll: number): Bulkhead {
  const taken = new Map<string, number>();
  let total = 0;

  const leave = (host: string): void => {
    total -= 1;
    const left = taken.get(host)! - 1;
    if (left === 0) taken.delete(host);
    else taken.set(host, left);
  };

  return {
    enter: (host) => {
      const here = taken.get(host) ?? 0;
      if (here >= perHost || total >= inAll) return null;
      taken.set(host, here + 1);
      total += 1;
      return () => leave(host);
    },
    inFlight: () => total,
  };
}
