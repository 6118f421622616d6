import type { BatchRow } from './batch-row.ts';

/** What the checks of one day came to. */
export type WatchedDay = {
  /** Such as `2026-11-21`, UTC. */
  readonly day: string;
  readonly checks: number;
  /** How many of them were bad, and how many doubtful. */
  readonly bad: number;
  readonly doubtful: number;
};

/** A tag that is watched, with what its checks came to. */
export type WatchedTag = {
  readonly line: number;
  readonly tag: string;
  /** How it is, by its last check that says something; null before the first. */
  readonly tone: BatchRow['tone'] | null;
  /** Since when it is so, in ISO 8601. */
  readonly since: string | null;
  readonly checkedAt: string | null;
  /** Its last check. */
  readonly row: BatchRow | null;
  /** The run at which it turned to what it is, if that is kept. */
  readonly run: string | null;
  /** The last days on which it was checked, the latest first. */
  readonly days: readonly WatchedDay[];
};

/** What a check changed: a tag that was not bad is, or one that was is no more. */
export type Turn = 'bad' | 'well' | null;

const MAX_DAYS = 14;

export const newWatchedTag = (line: number, tag: string): WatchedTag => ({
  ...{ line, tag, tone: null, since: null, checkedAt: null, row: null, run: null, days: [] },
});

/**
 * Takes note of a check.
 *
 * @param at ISO 8601
 * @param isOurs was our own process late or overloaded? Then the check says nothing of the tag
 */
export function noteCheck(
  watched: WatchedTag,
  row: BatchRow,
  { at, run, isOurs }: { readonly at: string; readonly run: string | null; readonly isOurs: boolean },
): { readonly watched: WatchedTag; readonly turn: Turn } {
  const checked = { ...watched, line: row.line, checkedAt: at };
  if (isOurs) return { watched: checked, turn: null };
  const [wasBad, isBad] = [watched.tone === 'bad', row.tone === 'bad'];
  const turn = isBad === wasBad ? null : isBad ? 'bad' : 'well';
  const isSame = watched.tone === row.tone;
  return {
    watched: {
      ...checked,
      row,
      tone: row.tone,
      since: isSame ? watched.since : at,
      run: isSame ? watched.run : run,
      days: addDay(watched.days, at.slice(0, 10), row.tone),
    },
    turn,
  };
}

function addDay(days: readonly WatchedDay[], day: string, tone: BatchRow['tone']): readonly WatchedDay[] {
  const isKnown = days[0]?.day === day;
  const before = isKnown ? days[0]! : { checks: 0, bad: 0, doubtful: 0 };
  const after = {
    day,
    checks: before.checks + 1,
    bad: before.bad + Number(tone === 'bad'),
    doubtful: before.doubtful + Number(tone === 'doubtful'),
  };
  return [after, ...days.slice(isKnown ? 1 : 0)].slice(0, MAX_DAYS);
}
