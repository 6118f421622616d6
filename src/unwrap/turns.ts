import type { Deadline } from '../deadline.ts';

/** What may be done before others have their turn, in ms, and how many pieces of work, whose ends nobody sees. */
const HOLD_MS = 5;
const HOLD_PIECES = 8;

/** Lets pieces of work begin one after another, such that together they do not hold the event loop. */
export type Turns = {
  /** Settles when the next piece may begin. */
  readonly next: () => Promise<void>;
};

/** Others have their turn when several milliseconds of the deadline, or so many pieces, have gone since the last time. */
export function createTurns(deadline: Pick<Deadline, 'remaining'>, holdPieces = HOLD_PIECES): Turns {
  let last: Promise<void> = Promise.resolve();
  let begunAt: number | null = null;
  let pieces = 0;

  const begin = async (): Promise<void> => {
    begunAt ??= deadline.remaining();
    pieces += 1;
    if (begunAt - deadline.remaining() < HOLD_MS && pieces <= holdPieces) return;
    await new Promise((resolve) => setImmediate(resolve));
    begunAt = deadline.remaining();
    pieces = 1;
  };
  return {
    next: () => {
      last = last.then(begin);
      return last;
    },
  };
}
