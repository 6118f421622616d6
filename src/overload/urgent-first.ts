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

/** For so long tasks run before the loop looks for what has come meanwhile, in ms. */
const SLICE_MS = 2;
/** More tasks than this are not done in one slice. */
const MOST_CALLS = 64;

/** @param atTurnEnd calls back once this turn's sockets are read; what is asked for meanwhile belongs to the next turn */
export function createUrgentFirst(clock: Clock, atTurnEnd: (callback: () => void) => void = setImmediate): UrgentFirst {
  const waiting: { readonly dueAt: number; readonly run: () => void }[] = [];
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
    if (!isOver) mostUrgent(waiting)();
    if (waiting.length === 0) began = null;
    call();
  };
  const startSlice = (): void => {
    isOver = false;
    began = null;
  };
  return (deadline) =>
    new Promise((run) => {
      waiting.push({ dueAt: clock() + deadline.remaining(), run });
      call();
    });
}

/** Takes the task that is due first; of two, whichever came first. */
function mostUrgent(waiting: { readonly dueAt: number; readonly run: () => void }[]): () => void {
  let first = 0;
  for (const [at, { dueAt }] of waiting.entries()) if (dueAt < waiting[first]!.dueAt) first = at;
  return waiting.splice(first, 1)[0]!.run;
}
