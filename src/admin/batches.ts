import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BatchRow, refusedRow } from '../batch/batch-row.ts';
import { type RotationRun, rotationRun } from '../batch/rotation.ts';
import { runBounded } from '../batch/run-bounded.ts';
import type { ListedTag, TagList } from '../batch/tag-list.ts';
import type { DebugRun } from '../debug/run.ts';
import { checkAlone, type CheckedTag, createListTurns } from './check-tag.ts';
import { shownRow } from './pages/batch-page.ts';

/** A row of a batch, with the id of the run that it tells of; null where nothing could be run. */
export type BatchedRow = BatchRow & { readonly run: string | null };

/** Several tags that are checked one after another, or one tag several times. */
export type Batch = {
  /** Unguessable: whoever knows it may see the batch. */
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  /** Who sees its tags as they are; null for nobody. */
  readonly viewer: string | null;
  readonly kind: 'list' | 'rotation';
  /** How many there are to check. */
  readonly size: number;
  /** How many more there were than are taken. */
  readonly beyond: number;
  readonly state: 'running' | 'stopped' | 'done';
  /** Those that are done, in the order in which they ended. */
  readonly rows: readonly BatchedRow[];
  /** The same as others may see them, worked out as each ends: all at once they would hold the loop. */
  readonly shownRows: readonly BatchedRow[];
  /** Of a rotation: what each run came to. */
  readonly runs: readonly RotationRun[];
};

/** Who asks for a batch, and whether its tags are theirs: those of another's run are not. */
export type BatchCaller = { readonly viewer: string; readonly isOwn: boolean };

export type Batches = {
  /** Begins one; null where too many are under way. */
  readonly start: (
    kind: Batch['kind'],
    list: TagList,
    by: BatchCaller,
    check: (listed: ListedTag) => Promise<CheckedTag>,
  ) => Batch | null;
  readonly find: (id: string) => Batch | null;
  /** From now on it begins no more. */
  readonly stop: (id: string) => void;
  /** Ends them all. */
  readonly close: () => void;
};

export type BatchesDeps = {
  /** Keeps what was run, for whoever looks at the page of a row, and for the history of who asked for it. */
  readonly keep: (run: DebugRun, viewer: string) => void;
  /** Has this process more to do than it can? Then a batch waits. */
  readonly isBusy: () => boolean;
  /** Takes note of a fault of ours. */
  readonly logBug: (error: unknown) => void;
  /** In ms. */
  readonly now: () => number;
};

/** What is said of a tag that could not be checked for a fault of ours. */
const OUR_FAULT = 'It could not be checked, for a fault of the service: its log says more.';

/** Tags of a batch that are under way at once, and batches that are. */
const AT_ONCE = 4;
const MAX_RUNNING = 3;
const MAX_KEPT = 20;
const KEEP_MS = 24 * 3600 * 1000;
/** How long a batch waits before it asks again whether there is room, in ms. */
const WAIT_MS = 200;

type Growing = { -readonly [Field in keyof Batch]: Batch[Field] } & {
  readonly [List in 'rows' | 'shownRows']: BatchedRow[];
} & { readonly runs: RotationRun[] };

/** Runs batches and keeps the last ones, for a day. */
export function createBatches({ keep, isBusy, logBug, now }: BatchesDeps): Batches {
  /** In the order in which they came. */
  const batches = new Map<string, { readonly batch: Growing; readonly until: number }>();
  const inTurn = createListTurns();
  const all = (): readonly Growing[] => [...batches.values()].map(({ batch }) => batch);
  const isRunning = ({ state }: Batch): boolean => state === 'running';

  const dropOld = (): void => {
    for (const [id, { batch, until }] of batches) {
      if (until <= now() || (batches.size > MAX_KEPT && !isRunning(batch))) {
        batch.state = isRunning(batch) ? 'stopped' : batch.state;
        batches.delete(id);
      }
    }
  };

  const run = async (
    batch: Growing,
    tags: readonly ListedTag[],
    viewer: string,
    check: (listed: ListedTag) => Promise<CheckedTag>,
  ): Promise<void> => {
    const one = async (listed: ListedTag): Promise<void> => {
      while (isBusy() && isRunning(batch)) await sleep(WAIT_MS, undefined, { ref: false });
      await inTurn.next();
      if (!isRunning(batch)) return;
      const checked = await checkAlone(() => check(listed), logBug);
      const { row, run } = checked ?? { row: refusedRow(listed, OUR_FAULT), run: null };
      if (run !== null) {
        keep(run, viewer);
        if (batch.kind === 'rotation') batch.runs.push(rotationRun(run.result));
      }
      const batched = { ...row, run: run?.id ?? null };
      batch.rows.push(batched);
      batch.shownRows.push(shownRow(batched));
    };
    await runBounded(tags, batch.kind === 'rotation' ? 1 : AT_ONCE, one, () => !isRunning(batch));
    if (isRunning(batch)) batch.state = 'done';
  };

  return {
    start: (kind, { tags, beyond }, { viewer: by, isOwn }, check) => {
      const viewer = isOwn ? by : null;
      if (all().filter(isRunning).length >= MAX_RUNNING) return null;
      const id = randomBytes(16).toString('base64url');
      const at = new Date(now()).toISOString();
      const batch: Growing = {
        id,
        at,
        viewer,
        kind,
        size: tags.length,
        beyond,
        state: 'running',
        rows: [],
        shownRows: [],
        runs: [],
      };
      batches.set(id, { batch, until: now() + KEEP_MS });
      dropOld();
      void run(batch, tags, by, check);
      return batch;
    },
    find: (id) => {
      dropOld();
      return batches.get(id)?.batch ?? null;
    },
    stop: (id) => {
      const batch = batches.get(id)?.batch;
      if (batch !== undefined && isRunning(batch)) batch.state = 'stopped';
    },
    close: () => {
      for (const batch of all()) if (isRunning(batch)) batch.state = 'stopped';
    },
  };
}
