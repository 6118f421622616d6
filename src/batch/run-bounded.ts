/**
 * Does something with each item, in their order, so many at a time at most. Settles when what was begun has ended.
 * Rejects where `run` does.
 * @param isStopped asked before each item: from then on none is begun
 */
export async function runBounded<Item>(
  items: readonly Item[],
  atOnce: number,
  run: (item: Item) => Promise<void>,
  isStopped: () => boolean = () => false,
): Promise<void> {
  const waiting = items.values();
  const takeOneAfterAnother = async (): Promise<void> => {
    for (const item of waiting) {
      if (isStopped()) return;
      await run(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, takeOneAfterAnother));
}
