import { readFile } from 'node:fs/promises';
import { emptyForm } from '../debug/debug-form.ts';
import type { DebugRun } from '../debug/run.ts';
import { Deadline } from '../deadline.ts';
import { checkTag, type CheckDeps } from './check-tag.ts';
import { createWatch, type Watch, type WatchDeps, type WatchTurn } from './watch.ts';

export type WatchFileSettings = CheckDeps['limits'] & {
  readonly WATCH_FILE: string | null;
  readonly WATCH_EVERY_MS: number;
  readonly WATCH_WEBHOOK: string | null;
};

export type WatchFileDeps = {
  readonly check: Pick<CheckDeps, 'unwrap' | 'trace'>;
  readonly keep: (run: DebugRun) => void;
  readonly isBusy: () => boolean;
  /** Sends JSON through the egress guard; says whether it was taken. */
  readonly postJson: (url: string, value: unknown, deadline: Deadline) => Promise<boolean>;
  /** Takes note of a fault of ours. */
  readonly logBug: WatchDeps['logBug'];
  /** Calls something later; by a timer that keeps no process alive, unless said. */
  readonly later?: WatchDeps['later'];
  readonly log: (level: 'info' | 'warn', facts: object, message: string) => void;
};

/** How long a webhook may take, in ms. */
const WEBHOOK_MS = 5000;
/** Turns that one call of the webhook tells of; the rest is a number. */
const MAX_SENT = 50;

/** The watch over the tags of `WATCH_FILE`; null where there is no such file. Tags and queries of URLs stay out of the log. */
export function watchFile(settings: WatchFileSettings, deps: WatchFileDeps): Watch | null {
  const { WATCH_FILE, WATCH_EVERY_MS, WATCH_WEBHOOK } = settings;
  if (WATCH_FILE === null) return null;
  const { check, keep, isBusy, postJson, log, logBug, later = byTimer } = deps;
  // what is kept of a tag says nothing of how it is now
  const form = { ...emptyForm(settings.DEBUG_TMAX_MS, settings.MAX_WRAPPERS, settings.REPAIR), fresh: 'on' };

  const callWebhook = async (url: string, turns: readonly WatchTurn[]): Promise<void> => {
    const body = { turns: turns.slice(0, MAX_SENT), more: Math.max(0, turns.length - MAX_SENT) };
    const deadline = Deadline.after(WEBHOOK_MS);
    const isTaken = await postJson(url, body, deadline);
    deadline.cancel();
    if (!isTaken) log('warn', { turns: turns.length }, 'the webhook of watched tags was not taken');
  };

  return createWatch(WATCH_EVERY_MS, {
    read: () => readFile(WATCH_FILE, 'utf8'),
    check: (listed) => checkTag(listed, form, { ...check, limits: settings }),
    keep,
    isBusy,
    logBug,
    tell: (turns) => {
      for (const { turned, line, status, reason, host } of turns) {
        const level = turned === 'bad' ? 'warn' : 'info';
        log(
          level,
          { line, status, reason, host },
          turned === 'bad' ? 'a watched tag turned bad' : 'a watched tag is well again',
        );
      }
      if (WATCH_WEBHOOK !== null) void callWebhook(WATCH_WEBHOOK, turns);
    },
    noteProblem: (problem) => log('warn', { problem }, 'WATCH_FILE cannot be used'),
    now: Date.now,
    later,
  });
}

const byTimer: WatchDeps['later'] = (run, ms) => {
  const timer = setTimeout(run, ms).unref();
  return () => clearTimeout(timer);
};
