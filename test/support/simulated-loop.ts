import type { Clock } from '../../src/deadline.ts';
import type { LoopMeter } from '../../src/overload/loop-watch.ts';

/** A thread that runs what is due, turn by turn, on a clock of its own: what takes time says so by `work`. */
export type SimulatedLoop = {
  readonly clock: Clock;
  readonly meter: LoopMeter;
  readonly atTurnEnd: (callback: () => void) => void;
  /** Something arrives at that time: it is handled in the first turn that begins later. */
  readonly at: (ms: number, handle: () => void) => void;
  /** The thread is busy for so long. */
  readonly work: (ms: number) => void;
  /** Runs until nothing is due any more. */
  readonly run: () => Promise<void>;
};

export function simulateLoop(): SimulatedLoop {
  let now = 0;
  let idle = 0;
  let turns = 0;
  const ends: (() => void)[] = [];
  const due = createHeap<() => void>();
  const settle = async (): Promise<void> => {
    // what was decided at a turn's end goes on in promises
    for (let step = 0; step < 8; step += 1) await Promise.resolve();
  };
  return {
    clock: () => now,
    meter: { idleMs: () => idle, turns: () => turns },
    atTurnEnd: (callback) => void ends.push(callback),
    at: (ms, handle) => due.add(ms, handle),
    work: (ms) => {
      now += ms;
    },
    run: async () => {
      while (due.next() < Infinity || ends.length > 0) {
        if (ends.length === 0 && due.next() > now) {
          idle += due.next() - now;
          now = due.next();
        }
        turns += 1;
        const began = now;
        while (due.next() <= began) {
          due.take()();
          await settle();
        }
        for (const end of ends.splice(0)) {
          end();
          await settle();
        }
      }
    },
  };
}

/** A queue by time; what is due at the same time is taken in the order in which it was added. */
function createHeap<Item>() {
  const items: { readonly at: number; readonly order: number; readonly item: Item }[] = [];
  let order = 0;
  const before = (a: number, b: number): boolean =>
    items[a]!.at < items[b]!.at || (items[a]!.at === items[b]!.at && items[a]!.order < items[b]!.order);
  const swap = (a: number, b: number): void => {
    [items[a], items[b]] = [items[b]!, items[a]!];
  };
  return {
    next: (): number => items[0]?.at ?? Infinity,
    add: (at: number, item: Item): void => {
      items.push({ at, order: (order += 1), item });
      for (let child = items.length - 1; child > 0;) {
        const parent = (child - 1) >> 1;
        if (before(parent, child)) break;
        swap(parent, child);
        child = parent;
      }
    },
    take: (): Item => {
      swap(0, items.length - 1);
      const { item } = items.pop()!;
      for (let parent = 0; ;) {
        const [left, right] = [2 * parent + 1, 2 * parent + 2];
        let least = parent;
        if (left < items.length && before(left, least)) least = left;
        if (right < items.length && before(right, least)) least = right;
        if (least === parent) return item;
        swap(parent, least);
        parent = least;
      }
    },
  };
}
