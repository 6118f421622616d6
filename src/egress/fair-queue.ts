/** What may go on at once, and what may wait for its turn. */
export type FairQueueLimits = {
  readonly inAll: number;
  readonly perCall: number;
  readonly perHost: number;
  readonly maxWaiting: number;
};

export type HostTask<Item> = { readonly host: string; readonly item: Item };

/** Runs tasks, a bounded number of them at once. */
export type FairQueue<Item> = {
  /**
   * Takes the tasks of one call, and does each in its turn: what `run` makes of it, null where there was no room to
   * wait. `run` must not reject.
   */
  readonly put: (
    tasks: readonly HostTask<Item>[],
    run: (host: string, item: Item) => Promise<boolean>,
  ) => readonly (Promise<boolean> | null)[];
};

type Waiting = { readonly host: string; readonly start: () => Promise<unknown> };
type Call = { readonly waiting: Waiting[]; underWay: number };

/**
 * Lets calls take turns: of those that wait, the one that had its turn longest ago is next, with its first task whose
 * host has room. So a call with many tasks, or whose hosts hang, keeps no other from its turn.
 */
export function createFairQueue<Item>({ inAll, perCall, perHost, maxWaiting }: FairQueueLimits): FairQueue<Item> {
  /** Calls that have tasks waiting, the next one first. */
  const calls: Call[] = [];
  const perHostUnderWay = new Map<string, number>();
  let underWay = 0;
  let waiting = 0;

  const hasRoom = ({ host }: Waiting): boolean => (perHostUnderWay.get(host) ?? 0) < perHost;

  /** The task whose turn it is; its call goes behind the others. */
  const next = (): readonly [Call, Waiting] | null => {
    for (const [turn, call] of calls.entries()) {
      const at = call.underWay < perCall ? call.waiting.findIndex(hasRoom) : -1;
      if (at === -1) continue;
      const [task] = call.waiting.splice(at, 1);
      calls.splice(turn, 1);
      if (call.waiting.length > 0) calls.push(call);
      return [call, task!];
    }
    return null;
  };

  const pump = (): void => {
    while (underWay < inAll) {
      const turn = next();
      if (turn === null) return;
      begin(...turn);
    }
  };
  const begin = (call: Call, { host, start }: Waiting): void => {
    waiting -= 1;
    underWay += 1;
    call.underWay += 1;
    perHostUnderWay.set(host, (perHostUnderWay.get(host) ?? 0) + 1);
    void start().finally(() => {
      underWay -= 1;
      call.underWay -= 1;
      const left = perHostUnderWay.get(host)! - 1;
      if (left === 0) perHostUnderWay.delete(host);
      else perHostUnderWay.set(host, left);
      pump();
    });
  };

  return {
    put: (tasks, run) => {
      const call: Call = { waiting: [], underWay: 0 };
      const done = tasks.map(({ host, item }) => {
        if (waiting >= maxWaiting) return null;
        waiting += 1;
        return new Promise<boolean>((resolve) => {
          call.waiting.push({ host, start: () => run(host, item).then(resolve) });
        });
      });
      if (call.waiting.length > 0) calls.push(call);
      pump();
      return done;
    },
  };
}
