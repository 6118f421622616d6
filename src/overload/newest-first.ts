/** Has things decided once all that arrived in this turn of the loop are known, the newest first. */
export type NewestFirst = <Decision>(decide: () => Decision) => Promise<Decision>;

/**
 * Where more waits than can be served, whoever came last is the likeliest to be in time [adaptive LIFO]. Those who came
 * first have waited longest, and have the least left of their deadlines.
 *
 * @param atTurnEnd calls back once this turn's arrivals are handled
 */
export function createNewestFirst(atTurnEnd: (callback: () => void) => void = setImmediate): NewestFirst {
  let waiting: (() => void)[] = [];
  const serve = (): void => {
    const newest = waiting.reverse();
    waiting = [];
    for (const each of newest) each();
  };
  return (decide) =>
    new Promise((resolve) => {
      if (waiting.length === 0) atTurnEnd(serve);
      waiting.push(() => resolve(decide()));
    });
}
