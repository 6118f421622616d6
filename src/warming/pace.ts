/** Does what nobody waits for, no more of it than a rate allows. */
export type Pace<Item> = {
  /** Takes as many as there is room for, and says how many; they begin one after the other. */
  readonly begin: (items: readonly Item[], perSecond: number) => number;
  /** How many have not begun. */
  readonly waiting: () => number;
  /** Nothing more begins. */
  readonly close: () => void;
};

export type PaceDeps<Item> = {
  /** Does one; `busy` where a limit was reached: then it comes again after the others. */
  readonly run: (item: Item) => Promise<'done' | 'busy'>;
  /** Is there more to do than can be done? Then nothing begins. */
  readonly isOverloaded: () => boolean;
  readonly setTimer?: (run: () => void, ms: number) => { readonly unref?: () => unknown };
};

/** How many may wait, those of all lists together. */
const MAX_WAITING = 10_000;
/** How often one is tried that meets a limit. */
const TRIES = 5;

type Waiting<Item> = { readonly item: Item; readonly triesLeft: number };
type List<Item> = { readonly queue: Waiting<Item>[]; readonly everyMs: number; underWay: number };

/** Lists go on side by side, each at its own rate. */
export function createPace<Item>({ run, isOverloaded, setTimer = setTimeout }: PaceDeps<Item>): Pace<Item> {
  let waiting = 0;
  let isClosed = false;

  const goOn = (list: List<Item>): void => {
    const timer = setTimer(() => {
      if (isClosed) return;
      if (list.queue.length > 0 && !isOverloaded()) void next(list);
      // what is under way may come again
      if (list.queue.length > 0 || list.underWay > 0) goOn(list);
    }, list.everyMs);
    timer.unref?.();
  };

  const next = async (list: List<Item>): Promise<void> => {
    const { item, triesLeft } = list.queue.shift()!;
    waiting -= 1;
    list.underWay += 1;
    const came = await run(item);
    list.underWay -= 1;
    if (came === 'done' || triesLeft <= 1) return;
    list.queue.push({ item, triesLeft: triesLeft - 1 });
    waiting += 1;
  };

  return {
    begin: (items, perSecond) => {
      const queue = items.slice(0, MAX_WAITING - waiting).map((item) => ({ item, triesLeft: TRIES }));
      const { length } = queue;
      waiting += length;
      if (length > 0) goOn({ queue, everyMs: 1000 / perSecond, underWay: 0 });
      return length;
    },
    waiting: () => waiting,
    close: () => {
      isClosed = true;
    },
  };
}
