import { setTimeout as sleep } from 'node:timers/promises';
import { runBounded } from '../batch/run-bounded.ts';
import { type ListedTag, readTagList } from '../batch/tag-list.ts';
import { newWatchedTag, noteCheck, type WatchedTag } from '../batch/watched-tag.ts';
import type { DebugRun } from '../debug/run.ts';
import { isTimeoutOfOurs } from '../own-delay.ts';
import { checkAlone, type CheckedTag, createListTurns } from './check-tag.ts';
import { shownRow } from './pages/batch-page.ts';

/** A watched tag that turned bad, or well again, as others are told of it: without the values of its query. */
export type WatchTurn = {
  readonly turned: 'bad' | 'well';
  /** ISO 8601. */
  readonly at: string;
  readonly line: number;
  readonly tag: string;
  readonly status: string;
  readonly reason: string | null;
  readonly host: string | null;
  readonly verdict: string;
  readonly tell: string | null;
};

export type WatchState = {
  readonly tags: readonly WatchedTag[];
  /** Tags of the list that are not watched, since it is too long. */
  readonly beyond: number;
  /** Why the last attempt to read the list failed; null where it did not. */
  readonly problem: string | null;
  /** How often a tag has turned bad. */
  readonly turnedBad: number;
  /** When the last round ended, in ISO 8601; null before. */
  readonly endedAt: string | null;
};

export type Watch = {
  readonly state: () => WatchState;
  /** From now on the list is checked. */
  readonly start: () => void;
  readonly close: () => void;
};

export type WatchDeps = {
  /** The text of the list. Rejects where it cannot be read. */
  readonly read: () => Promise<string>;
  readonly check: (listed: ListedTag) => Promise<CheckedTag>;
  /** Keeps a run for its page. */
  readonly keep: (run: DebugRun) => void;
  /** Has this process more to do than it can? Then the watch waits. */
  readonly isBusy: () => boolean;
  /** Told which tags turned in a round; not called where none did. */
  readonly tell: (turns: readonly WatchTurn[]) => void;
  /** Told why the list cannot be read: when that begins, and when the reason changes. */
  readonly noteProblem: (problem: string) => void;
  /** Takes note of a fault of ours: the tag is as it was. */
  readonly logBug: (error: unknown) => void;
  /** In ms. */
  readonly now: () => number;
  /** Calls something later, in ms; what it returns calls it off. */
  readonly later: (run: () => void, ms: number) => () => void;
};

const MAX_TAGS = 200;
const AT_ONCE = 2;
/** The process is to be ready first. */
const FIRST_AFTER_MS = 10_000;
const BUSY_WAIT_MS = 500;

/** Checks a list of tags again and again, a round every so many ms. It waits for whatever else there is to do. */
export function createWatch(everyMs: number, deps: WatchDeps): Watch {
  const { read, check, keep, isBusy, tell, noteProblem, logBug, now, later } = deps;
  /** By the tag, in the order of the list. */
  let known = new Map<string, WatchedTag>();
  let state: Omit<WatchState, 'tags'> = { beyond: 0, problem: null, turnedBad: 0, endedAt: null };
  let callOff = (): void => {};
  let isClosed = false;
  const inTurn = createListTurns();

  const one = async (listed: ListedTag, turns: WatchTurn[]): Promise<void> => {
    while (isBusy() && !isClosed) await sleep(BUSY_WAIT_MS, undefined, { ref: false });
    await inTurn.next();
    if (isClosed) return;
    const checked = await checkAlone(() => check(listed), logBug);
    if (checked === null) return;
    const { row, run } = checked;
    const at = new Date(now()).toISOString();
    const before = known.get(listed.tag) ?? newWatchedTag(listed.line, listed.tag);
    const noted = noteCheck(before, row, { at, run: run?.id ?? null, isOurs: run !== null && isOurs(run) });
    known.set(listed.tag, noted.watched);
    // one run for each change: every check would put the runs of people out of their place
    if (run !== null && noted.watched.run === run.id) keep(run);
    if (noted.turn === null) return;
    if (noted.turn === 'bad') state = { ...state, turnedBad: state.turnedBad + 1 };
    const { line, tag, status, reason, host, verdict, tell: advice } = shownRow(row);
    turns.push({
      turned: noted.turn,
      at,
      line,
      tag,
      status,
      reason,
      host,
      verdict,
      tell: advice,
    });
  };

  const round = async (): Promise<void> => {
    const text = await read().catch((error: NodeJS.ErrnoException) => {
      const problem = `the list cannot be read (${error.code ?? error.name})`;
      if (state.problem !== problem) noteProblem(problem);
      state = { ...state, problem };
      return null;
    });
    if (text === null) return;
    const { tags, beyond } = await readTagList(text, MAX_TAGS);
    const listed = [...new Map(tags.map((each) => [each.tag, each])).values()];
    known = new Map(listed.map(({ line, tag }) => [tag, known.get(tag) ?? newWatchedTag(line, tag)]));
    state = { ...state, beyond, problem: null };
    const turns: WatchTurn[] = [];
    await runBounded(
      listed,
      AT_ONCE,
      (each) => one(each, turns),
      () => isClosed,
    );
    if (isClosed) return;
    state = { ...state, endedAt: new Date(now()).toISOString() };
    if (turns.length > 0) tell(turns);
  };

  const plan = (ms: number): void => {
    callOff = later(() => void round().finally(() => isClosed || plan(everyMs)), ms);
  };

  return {
    state: () => ({ ...state, tags: [...known.values()] }),
    start: () => plan(FIRST_AFTER_MS),
    close: () => {
      isClosed = true;
      callOff();
    },
  };
}

/** Was overload the reason, or a time-out that our own loop brought about? */
const isOurs = ({ result }: DebugRun): boolean =>
  result.status === 'shed' || result.hops.some(({ exchanges }) => exchanges.some(isTimeoutOfOurs));
