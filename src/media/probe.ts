import { FAILURES, type Failure } from '../chain/failure.ts';
import type { Deadline } from '../deadline.ts';
import type { Exchange } from '../unwrap/result.ts';
import type { MediaVerdict } from '../validation/media-verdict.ts';
import { recognize } from './container.ts';
import { boxOrder } from './iso-boxes.ts';
import { type ManifestFacts, readDash, readHls } from './manifest.ts';
import { type FetchBytes, openFile, type RangedFile } from './ranged-file.ts';
import { readMedia } from './read-media.ts';

/** What looking at a file found, and the requests that it took. */
export type Probed = { readonly verdict: MediaVerdict; readonly exchanges: readonly Exchange[] };

/** Looks at a file by reading parts of it. Never rejects, settles at the deadline at the latest. */
export type Probe = (url: string, deadline: Deadline) => Promise<Probed>;

type Facts = Partial<MediaVerdict> & Pick<MediaVerdict, 'outcome'>;

/** A probe whose requests go out by `fetchBytes`. */
export function createProbe(fetchBytes: FetchBytes): Probe {
  return async (url, deadline) => {
    const exchanges: Exchange[] = [];
    const open = (each: string): ReturnType<typeof openFile> =>
      openFile(each, fetchBytes, deadline, (exchange) => void exchanges.push(exchange));
    const file = await open(url);
    const facts =
      'read' in file ? await look(url, file, open) : { ...failed(file.failure), httpStatus: file.httpStatus };
    return { verdict: { ...UNKNOWN, url, ...facts }, exchanges };
  };
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

/** The verdict where no reply that could be used came. */
export function failed({ reason, message }: Failure): Facts {
  return { outcome: FAILURES[reason].status === 'timeout' ? 'late' : 'unreachable', message };
}

type Open = (url: string) => ReturnType<typeof openFile>;

async function look(url: string, file: RangedFile, open: Open): Promise<Facts> {
  const { httpStatus, contentType, size, ranges, head } = file;
  const type = recognize(head);
  const common = { httpStatus, contentType, size, ranges, type };
  if (type === null)
    return { ...common, ...unreadable(head.length === 0 ? 'it is empty' : 'it is no kind of file that is known') };
  if (type === 'text/plain')
    return { ...common, outcome: 'read', type: isScript(contentType) ? 'application/javascript' : type };
  if (type in MANIFESTS) return { ...common, ...(await lookAtManifest(url, type, file, open)) };
  if (!/^(video|audio)\/|^application\/ogg/.test(type) || UNREAD.has(type)) return { ...common, outcome: 'read' };
  return { ...common, ...(await lookAtMedia(type, file)) };
}

/** Formats of old that are known by their first bytes, and of which no more is read. */
const UNREAD: ReadonlySet<string> = new Set(['video/x-flv', 'video/x-msvideo', 'video/x-ms-wmv']);

const MANIFESTS: Readonly<Record<string, (text: string) => ManifestFacts | null>> = {
  'application/vnd.apple.mpegurl': readHls,
  'application/dash+xml': readDash,
};

function isScript(contentType: string | null): boolean {
  return contentType !== null && /^(application|text)\/(x-)?(java|ecma)script$/.test(contentType);
}

async function lookAtMedia(type: string, file: RangedFile): Promise<Facts> {
  const boxes = /\/(mp4|quicktime|3gpp)$/.test(type) ? boxOrder(file.head, file.size) : null;
  const fastStart = boxes?.fastStart ?? null;
  const media = await readMedia(file);
  const failure = file.failure();
  if (failure !== null) return { ...failed(failure), fastStart };
  if (boxes?.cutShort === true) return { ...media, ...unreadable('it is cut short: its end is missing'), fastStart };
  if (media !== null) return { outcome: 'read', ...media, fastStart };
  if (file.isLimited()) return { outcome: 'read', fastStart, message: 'its index lies beyond what may be read' };
  return { ...unreadable('it begins as such, but could not be read'), fastStart };
}

async function lookAtManifest(url: string, type: string, file: RangedFile, open: Open): Promise<Facts> {
  const text = await wholeText(file);
  const manifest = text === null ? null : MANIFESTS[type]!(text);
  if (manifest === null) return unreadable('it begins as such, but could not be read');
  const { renditions, durationSec, next } = manifest;
  const playlist = next === null ? null : await readNext(next, url, open);
  return { outcome: 'read', renditions, durationSec: durationSec ?? playlist?.durationSec ?? null };
}

/** The first rendition's own playlist: it is the one that a player begins with, and the one that tells the duration. */
async function readNext(next: string, url: string, open: Open): Promise<ManifestFacts | null> {
  const target = URL.parse(next, url);
  const file = target === null ? null : await open(target.href);
  const text = file === null || !('read' in file) ? null : await wholeText(file);
  return text === null ? null : readHls(text);
}

async function wholeText(file: RangedFile): Promise<string | null> {
  try {
    return (await file.read(0, file.size ?? file.head.length)).toString('utf8');
  } catch {
    return null;
  }
}

function unreadable(what: string): Facts {
  return { outcome: 'unreadable', message: what };
}
