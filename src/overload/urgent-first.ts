import type { Clock, Deadline } from '../deadline.ts';

// The order in which the tasks of all unwraps are done. A task is to read a document, to decide what follows and to ask for
// it, or to write the answer.
//
// The event loop goes round in turns. In each it reads whatever has come over all sockets, and by itself it would do at once
// what follows from each reply. Under load such a turn takes 15 ms and more. For so long a new request lies in its socket:
// nobody knows of it, its time runs, and refusing it comes late. So tasks wait until the turn has read its sockets. Then the
// one with the least time left is first [earliest deadline first], and after a slice of a few ms the sockets are read again.
// What is left is done in the turns that follow.
//
// On a loop with little to do nothing waits: the end of the turn comes at once.

/** Settles when it is the turn of whoever waits. */
export type UrgentFirst = (deadline: Pick<Deadline, 'remaining'>) => Promise<void>;

type Waiting = { readonly dueAt: number; readonly run: () => void };

/** For so long tasks run before the loop looks for what has come meanwhile, in ms. */
const SLICE_MS = 2;
/** More tasks than this are not done in one slice. */
const MOST_CALLS = 64;

/** @param atTurnEnd calls back once this turn's sockets are read; what is asked for meanwhile belongs to the next turn */
export function createUrgentFirst(clock: Clock, atTurnEnd: (callback: () => void) => void = setImmediate): UrgentFirst {
  /** The one with the least time left is the last. */
  const waiting: Waiting[] = [];
  let calls = 0;
  let began: number | null = null;
  let isOver = false;

  const call = (): void => {
    if (calls >= Math.min(waiting.length, MOST_CALLS)) return;
    calls += 1;
    atTurnEnd(serve);
  };
  const serve = (): void => {
    calls -= 1;
    began ??= clock();
    if (!isOver && clock() - began >= SLICE_MS) {
      isOver = true;
      // asked for before the tasks that are put off: it is the first of the next turn's end
      atTurnEnd(startSlice);
    }
    if (!isOver) waiting.pop()!.run();
    if (waiting.length === 0) began = null;
    call();
  };
  const startSlice = (): void => {
    isOver = false;
    began = null;
  };
  return (deadline) =>
    new Promise((run) => {
      insert(waiting, { dueAt: clock() + deadline.remaining(), run });
      call();
    });
}

/** Puts a task behind all that have more time; of two with as much, whichever came first is nearer to the end. */
function insert(waiting: Waiting[], task: Waiting): void {
  let [low, high] = [0, waiting.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (waiting[middle]!.dueAt > task.dueAt) low = middle + 1;
    else high = middle;
  }
  waiting.splice(low, 0, task);
}
