import { parentPort } from 'node:worker_threads';
import { type Manifest, type ManifestReading, readManifest } from './manifest.ts';
import { type KnownBytes, type MediaReading, readMedia } from './read-media.ts';

/** What the thread is given to read. */
export type ReadTask = { readonly media: KnownBytes } | { readonly manifest: Manifest };

async function read(task: ReadTask): Promise<MediaReading | ManifestReading> {
  return 'media' in task ? readMedia(task.media) : readManifest(task.manifest);
}

// The thread of media-reader.ts: it says that it is ready, then answers one task after the other.
parentPort?.on('message', (task: ReadTask) => void read(task).then((reading) => parentPort!.postMessage(reading)));
parentPort?.postMessage(null);
