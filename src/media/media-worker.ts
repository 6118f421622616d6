import { parentPort } from 'node:worker_threads';
import { type KnownBytes, readMedia } from './read-media.ts';

// The thread of media-reader.ts: it says that it is ready, then answers one file after the other.
parentPort?.on(
  'message',
  (known: KnownBytes) => void readMedia(known).then((reading) => parentPort!.postMessage(reading)),
);
parentPort?.postMessage(null);
