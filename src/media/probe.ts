import { FAILURES, type Failure } from '../chain/failure.ts';
import type { Deadline } from '../deadline.ts';
import type { Exchange } from '../unwrap/result.ts';
import type { MediaVerdict } from '../validation/media-verdict.ts';
import { isScriptType } from '../vast/media-type.ts';
import { recognize } from './container.ts';
import { boxOrder } from './iso-boxes.ts';
import { type ManifestFacts, readDash, readHls } from './manifest.ts';
import type { ReadMedia } from './media-reader.ts';
import { type FetchBytes, openFile, type RangedFile, type Unopened } from './ranged-file.ts';

/** What looking at a file found, and the requests that it took. */
export type Probed = {
  readonly verdict: MediaVerdict;
  /** Why nothing of the file could be had; null where something was. */
  readonly failure: Failure | null;
  readonly exchanges: readonly Exchange[];
};

/** Looks at a file by reading parts of it. Never rejects, settles at the deadline at the latest. */
export type Probe = (url: string, deadline: Deadline) => Promise<Probed>;

type Facts = Partial<MediaVerdict> & Pick<MediaVerdict, 'outcome'>;

/** A probe whose requests go out by `fetchBytes`, and that has media files read by `readMedia`. */
export function createProbe(fetchBytes: FetchBytes, readMedia: ReadMedia): Probe {
  return async (url, deadline) => {
    const exchanges: Exchange[] = [];
    const open: Open = (each) => openFile(each, fetchBytes, deadline, (exchange) => void exchanges.push(exchange));
    const file = await open(url);
    if ('load' in file) {
      const facts = await look(url, file, open, readMedia);
      return { verdict: { ...UNKNOWN, url, ...facts }, failure: null, exchanges };
    }
    const { failure, httpStatus } = file;
    return { verdict: { ...verdictOf(url, failure), httpStatus }, failure, exchanges };
  };
}

/** The verdict on a file that could not be had. */
export function verdictOf(url: string, failure: Failure): MediaVerdict {
  return { ...UNKNOWN, url, ...failed(failure) };
}

const UNKNOWN: Omit<MediaVerdict, 'url' | 'outcome'> = {
  message: null,
  httpStatus: null,
  contentType: null,
  type: null,
  size: null,
  ranges: null,
  fastStart: null,
  durationSec: null,
  width: null,
  height: null,
  bitrate: null,
  frameRate: null,
  videoCodec: null,
  audioCodec: null,
  hasVideo: null,
  hasAudio: null,
  renditions: null,
};

function failed({ reason, message }: Failure): Facts {
  return { outcome: FAILURES[reason].status === 'timeout' ? 'late' : 'unreachable', message };
}

type Open = (url: string) => Promise<RangedFile | Unopened>;

async function look(url: string, file: RangedFile, open: Open, readMedia: ReadMedia): Promise<Facts> {
  const { httpStatus, contentType, size, ranges } = file;
  const head = file.parts[0]!.bytes;
  const type = recognize(head);
  const common = { httpStatus, contentType, size, ranges, type };
  if (type === null)
    return { ...common, ...unreadable(head.length === 0 ? 'it is empty' : 'it is no kind of file that is known') };
  if (type === 'text/plain')
    return { ...common, outcome: 'read', type: isScriptType(contentType ?? '') ? 'application/javascript' : type };
  if (type in MANIFESTS) return { ...common, ...(await lookAtManifest(url, type, file, open)) };
  if (!/^(video|audio)\/|^application\/ogg/.test(type) || UNREAD.has(type)) return { ...common, outcome: 'read' };
  return { ...common, ...(await lookAtMedia(type, file, readMedia)) };
}

/** Formats of old that are known by their first bytes, and of which no more is read. */
const UNREAD: ReadonlySet<string> = new Set(['video/x-flv', 'video/x-msvideo', 'video/x-ms-wmv']);

const MANIFESTS: Readonly<Record<string, (text: string) => ManifestFacts | null>> = {
  'application/vnd.apple.mpegurl': readHls,
  'application/dash+xml': readDash,
};

async function lookAtMedia(type: string, file: RangedFile, readMedia: ReadMedia): Promise<Facts> {
  const boxes = /\/(mp4|quicktime|3gpp)$/.test(type) ? boxOrder(file.parts[0]!.bytes, file.size) : null;
  const fastStart = boxes?.fastStart ?? null;
  const media = await readParts(file, readMedia);
  if (boxes?.cutShort === true && media.outcome !== 'late') {
    return { ...media, ...unreadable('it is cut short: its end is missing'), fastStart };
  }
  return { ...media, fastStart };
}

/** Has a file read, loads what turns out to be missing, and so on. Every turn reads more of the file, up to the limit. */
async function readParts(file: RangedFile, readMedia: ReadMedia): Promise<Facts> {
  const size = file.size ?? file.parts[0]!.bytes.length;
  for (;;) {
    const reading = await readMedia({ size, parts: file.parts });
    if (reading === null) return unreadable('reading it takes too long');
    const { facts, missing } = reading;
    const loaded = missing === null ? null : await file.load(missing.start, missing.end);
    if (loaded?.kind === 'loaded') continue;
    if (loaded?.kind === 'failed') return failed(loaded.failure);
    if (facts !== null) return { outcome: 'read', ...facts };
    if (loaded === null) return unreadable('it begins as such, but could not be read');
    return { outcome: 'read', message: 'its index lies beyond what may be read' };
  }
}

async function lookAtManifest(url: string, type: string, file: RangedFile, open: Open): Promise<Facts> {
  const text = wholeText(file);
  if (text === null) return { outcome: 'read', message: 'the manifest is longer than what is read of one' };
  const manifest = MANIFESTS[type]!(text);
  if (manifest === null) return unreadable('it begins as such, but could not be read');
  const { renditions, durationSec, next } = manifest;
  const playlist = next === null ? null : await readNext(next, url, open);
  return { outcome: 'read', renditions, durationSec: durationSec ?? playlist?.durationSec ?? null };
}

/** The first rendition's own playlist: it is the one that a player begins with, and the one that tells the duration. */
async function readNext(next: string, url: string, open: Open): Promise<ManifestFacts | null> {
  const target = URL.parse(next, url);
  const file = target === null ? null : await open(target.href);
  const text = file === null || !('load' in file) ? null : wholeText(file);
  return text === null ? null : readHls(text);
}

/** Manifests are read on the loop that everything shares, so a long one is not: what is read at once is enough for all. */
function wholeText({ size, parts: [head] }: RangedFile): string | null {
  return size === head!.bytes.length ? head!.bytes.toString('utf8') : null;
}

function unreadable(what: string): Facts {
  return { outcome: 'unreadable', message: what };
}
