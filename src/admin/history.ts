import { createHash } from 'node:crypto';
import { Deadline } from '../deadline.ts';
import {
  type HistoryEntry,
  historyEntry,
  type HistoryQuery,
  isHistoryEntry,
  isWanted,
} from '../debug/history-entry.ts';
import type { DebugRun } from '../debug/run.ts';
import type { SharedRuns } from './debug-store.ts';
import { openJson, sealJson } from './sealed-json.ts';

/** The latest runs of each browser, or of all. */
export type History = {
  /** @param viewer who ran it, as `viewer.ts` knows them */
  readonly note: (run: DebugRun, viewer: string) => void;
  /** What the viewer may see of what is searched for, the latest first. Never rejects. */
  readonly search: (query: HistoryQuery, viewer: string | null) => Promise<readonly HistoryEntry[]>;
};

/** Whose runs a viewer may see. */
export type HistoryScope = 'own' | 'all' | 'off';

/** Runs of one list, and lists: 100 browsers of people who debug, at about half a KB a run. */
const MAX_ENTRIES = 300;
const MAX_LISTS = 100;
/** As long as results are kept. */
const KEEP_MS = 24 * 3600 * 1000;
const SHARED_MS = 1000;
/** Raised whenever HistoryEntry changes: what another release has written is passed over. */
const LAYOUT = 1;

/**
 * Keeps the lists of runs in memory, and in the shared cache where there is one. There they are encrypted for whoever
 * may see the list.
 *
 * @param common what the list of everybody is encrypted with: the admin token
 * @param now in ms
 */
export function createHistory(
  scope: HistoryScope,
  common: string,
  shared: SharedRuns | null,
  now: () => number = Date.now,
): History {
  /** The latest first; lists in the order in which they were last written. */
  const lists = new Map<string, readonly HistoryEntry[]>();
  const saving = new Map<string, { again: boolean }>();

  const listOf = (viewer: string): string => (scope === 'all' ? `all ${common}` : viewer);
  const idOf = (list: string): string => createHash('sha256').update(`history id ${list}`).digest('base64url');
  const secretOf = (list: string): string => `history ${LAYOUT} ${list}`;
  const trim = (entries: readonly HistoryEntry[]): readonly HistoryEntry[] => {
    const once = new Map(entries.map((entry) => [entry.id, entry]));
    const since = new Date(now() - KEEP_MS).toISOString();
    return [...once.values()]
      .filter(({ at }) => at > since)
      .sort((a, b) => (a.at < b.at ? 1 : -1))
      .slice(0, MAX_ENTRIES);
  };

  const read = async (list: string): Promise<readonly HistoryEntry[]> => {
    const own = lists.get(list) ?? [];
    if (shared === null) return trim(own);
    const deadline = Deadline.after(SHARED_MS);
    const found = await shared.get(idOf(list), deadline);
    deadline.cancel();
    const others = found && (await openJson(secretOf(list), found.bytes));
    return trim([...own, ...(Array.isArray(others) ? others.filter(isHistoryEntry) : [])]);
  };

  /** One after another, so that the runs of a whole list of tags are a few writes. */
  const save = async (list: string): Promise<void> => {
    const under = saving.get(list);
    if (shared === null) return;
    if (under !== undefined) {
      under.again = true;
      return;
    }
    const state = { again: false };
    saving.set(list, state);
    do {
      state.again = false;
      shared.set(idOf(list), await sealJson(secretOf(list), await read(list)), KEEP_MS);
    } while (state.again);
    saving.delete(list);
  };

  return {
    note: (run, viewer) => {
      if (scope === 'off') return;
      const list = listOf(viewer);
      const entries = trim([historyEntry(run), ...(lists.get(list) ?? [])]);
      lists.delete(list);
      lists.set(list, entries);
      for (const each of lists.keys()) if (lists.size > MAX_LISTS) lists.delete(each);
      void save(list);
    },
    search: async (query, viewer) => {
      if (scope === 'off' || (scope === 'own' && viewer === null)) return [];
      return (await read(listOf(viewer ?? ''))).filter((entry) => isWanted(entry, query));
    },
  };
}
