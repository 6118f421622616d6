import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Manifest, ManifestReading } from './manifest.ts';
import type { ReadTask } from './media-worker.ts';
import type { KnownBytes, MediaReading } from './read-media.ts';

/** Reads what strangers serve; null where that took too long or too much memory. Never rejects. */
export type MediaReader = {
  /** Sees to it that a thread is there by the time that there is something to read. */
  readonly prepare: () => void;
  readonly readMedia: (known: KnownBytes) => Promise<MediaReading | null>;
  readonly readManifest: (manifest: Manifest) => Promise<ManifestReading | null>;
  readonly close: () => void;
};

type Job = { readonly task: ReadTask; readonly resolve: (reading: unknown) => void };

/** The same folder holds the source in development and what was built of it in a package. */
const THREAD = new URL(`./media-worker${extname(import.meta.url)}`, import.meta.url);
const MEMORY = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16 };

/**
 * Reads media files and manifests in a thread of their own, one at a time, so that no file of a stranger holds up
 * anything else: some hundred bytes can keep the media library busy for a minute. A file that takes longer than `maxMs` ends the thread,
 * and the next file gets a new one. The thread keeps no process alive.
 */
export function createMediaReader(maxMs = 500): MediaReader {
  const waiting: Job[] = [];
  let worker: Worker | null = null;
  /** Is a thread there and idle? */
  let isReady = false;
  let job: Job | null = null;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  const finish = (reading: unknown): void => {
    clearTimeout(timer);
    // A thread that could not even start has no job yet: whoever is first in line is told.
    (job ?? (reading === null ? waiting.shift() : undefined))?.resolve(reading);
    job = null;
  };
  const drop = (): void => {
    const dropped = worker;
    worker = null;
    isReady = false;
    void dropped?.terminate();
    finish(null);
    next();
  };
  const start = (): void => {
    const started = new Worker(THREAD, { resourceLimits: MEMORY, stdout: true, stderr: true });
    started.on('message', (reading: unknown) => {
      if (worker !== started) return;
      isReady = true;
      if (reading !== null) finish(reading);
      next();
    });
    // Out of memory, or ended.
    started.on('error', () => worker === started && drop());
    started.on('exit', () => worker === started && drop());
    started.unref();
    worker = started;
  };
  const next = (): void => {
    if (job !== null) return;
    if (waiting.length === 0) return worker?.unref();
    if (worker === null) start();
    worker!.ref();
    if (!isReady) return;
    const begun = (job = waiting.shift()!);
    // After the timer one more look for its answer: on a busy loop it may lie there already.
    timer = setTimeout(() => setImmediate(() => job === begun && drop()), maxMs);
    worker!.postMessage(begun.task);
  };

  const read = <Reading>(task: ReadTask): Promise<Reading | null> => {
    const { promise, resolve } = Promise.withResolvers<Reading | null>();
    if (isClosed) resolve(null);
    else waiting.push({ task, resolve: resolve as Job['resolve'] });
    next();
    return promise;
  };

  return {
    prepare: () => void (worker === null && !isClosed && start()),
    readMedia: (media) => read({ media }),
    readManifest: (manifest) => read({ manifest }),
    close: () => {
      isClosed = true;
      for (const { resolve } of waiting.splice(0)) resolve(null);
      drop();
    },
  };
}
