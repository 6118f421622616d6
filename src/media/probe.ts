import { createHash } from 'node:crypto';
import { FAILURES, type Failure, type FailureReason } from '../chain/failure.ts';
import type { Deadline } from '../deadline.ts';
import { isTimeoutOfOurs } from '../own-delay.ts';
import type { Exchange } from '../unwrap/result.ts';
import type { MediaVerdict } from '../validation/media-verdict.ts';
import { isImageType, isSameFormat, isScriptType, isTextType } from '../vast/media-type.ts';
import { recognize } from './container.ts';
import { imageSize } from './image-size.ts';
import { boxOrder } from './iso-boxes.ts';
import { MANIFEST_TYPES } from './manifest.ts';
import type { MediaReader } from './media-reader.ts';
import { type FetchBytes, openFile, type RangedFile, type Unopened } from './ranged-file.ts';

/** What looking at a file found, and the requests that it took. */
export type Probed = {
  readonly verdict: MediaVerdict;
  /**
   * Does the verdict hold for the next who asks? A `passing` one does not: our own limits or lateness, or our name
   * server, were the reason. An `unread` one does so least of all: our reader had no time for the file.
   */
  readonly standing: 'lasting' | 'passing' | 'unread';
  readonly exchanges: readonly Exchange[];
};

/**
 * Looks at a file by reading parts of it. Never rejects. Nothing is waited for beyond the deadline but the reading of what
 * came; `onReading` is told when that begins and ends.
 */
export type Probe = (url: string, deadline: Deadline, onReading: (isReading: boolean) => void) => Promise<Probed>;

type Facts = Partial<MediaVerdict> & Pick<MediaVerdict, 'outcome'> & { readonly failure?: Failure };

type Reader = Pick<MediaReader, 'readMedia' | 'readManifest'>;

/** A probe whose requests go out by `fetchBytes`, and that has read what comes by `reader`. */
export function createProbe(fetchBytes: FetchBytes, reader: Omit<MediaReader, 'close'>): Probe {
  return async (url, deadline, onReading) => {
    reader.prepare();
    const exchanges: Exchange[] = [];
    const open: Open = (each) => openFile(each, fetchBytes, deadline, (exchange) => void exchanges.push(exchange));
    const file = await open(url);
    const { failure = null, ...facts } =
      'load' in file
        ? await look(file, open, watched(reader, onReading))
        : { ...failed(file.failure), httpStatus: file.httpStatus };
    const verdict = { ...NOTHING_TOLD, url, ...facts };
    if (failure === TOO_SLOW) return { verdict, standing: 'unread', exchanges };
    const wasLate = exchanges.some(isTimeoutOfOurs);
    const standing = wasLate || (failure !== null && PASSING.has(failure.reason)) ? 'passing' : 'lasting';
    return { verdict: wasLate && failure !== null ? { ...verdict, outcome: 'unknown' } : verdict, standing, exchanges };
  };
}

/** Failures that may be our own, or our name server's: they say nothing to the next who asks. */
const PASSING: ReadonlySet<FailureReason> = new Set(['busy', 'cancelled', 'dns']);
/** Those that are our own for certain. */
const OURS: ReadonlySet<FailureReason> = new Set(['busy', 'cancelled']);

/** Tells when the reader is at work. */
function watched({ readMedia, readManifest }: Reader, onReading: (isReading: boolean) => void): Reader {
  const during = <Reading>(reading: Promise<Reading>): Promise<Reading> => {
    onReading(true);
    return reading.finally(() => onReading(false));
  };
  return {
    readMedia: (known) => during(readMedia(known)),
    readManifest: (manifest) => during(readManifest(manifest)),
  };
}

/** The verdict on a file that could not be had. */
export function verdictOf(url: string, failure: Failure): MediaVerdict {
  const { outcome, message = null } = failed(failure);
  return { ...NOTHING_TOLD, url, outcome, message };
}

/** The verdict where it was ourselves who could not look at a file. */
export function unknownVerdict(url: string, message: string): MediaVerdict {
  return { ...NOTHING_TOLD, url, outcome: 'unknown', message };
}

const NOTHING_TOLD: Omit<MediaVerdict, 'url' | 'outcome'> = {
  message: null,
  httpStatus: null,
  contentType: null,
  type: null,
  size: null,
  contentHash: null,
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

function failed(failure: Failure): Facts {
  const { reason, message } = failure;
  if (OURS.has(reason)) return { outcome: 'unknown', message, failure };
  return { outcome: FAILURES[reason].status === 'timeout' ? 'late' : 'unreachable', message, failure };
}

type Open = (url: string) => Promise<RangedFile | Unopened>;

async function look(file: RangedFile, open: Open, reader: Reader): Promise<Facts> {
  const { httpStatus, contentType, size, ranges } = file;
  if (file.isCoded) return { httpStatus, contentType, ...coded(contentType) };
  const head = file.parts[0]!.bytes;
  const type = recognize(head);
  const contentHash = head.length === 0 ? null : createHash('sha256').update(head).digest('hex');
  const common = { httpStatus, contentType, size, contentHash, ranges, type };
  if (type === null)
    return { ...common, ...unreadable(head.length === 0 ? 'it is empty' : 'it is no kind of file that is known') };
  if (type === 'text/plain')
    return { ...common, outcome: 'read', type: isScriptType(contentType ?? '') ? 'application/javascript' : type };
  if (MANIFEST_TYPES.includes(type)) return { ...common, ...(await lookAtManifest(type, file, open, reader)) };
  if (isImageType(type)) return { ...common, ...(await lookAtImage(type, file)) };
  if (!/^(video|audio)\/|^application\/ogg/.test(type) || UNREAD.has(type)) return { ...common, outcome: 'read' };
  return { ...common, ...(await lookAtMedia(type, file, reader)) };
}

/**
 * Scripts and pages are often stored with a coding, and every player undoes it; that of a film breaks its ranges. Of what
 * is said to be a page we believe it: most are about errors.
 */
function coded(contentType: string | null): Facts {
  const type = isSameFormat(contentType ?? '', 'text/html') ? 'text/html' : null;
  if (isTextType(contentType ?? '')) return { outcome: 'read', type, message: 'it comes with a content coding' };
  return failed({ reason: 'content-coding', message: 'the file came with a content coding that was not asked for' });
}

/** Formats of old that are known by their first bytes, and of which no more is read. */
const UNREAD: ReadonlySet<string> = new Set(['video/x-flv', 'video/x-msvideo', 'video/x-ms-wmv']);

/** An image says its size near its beginning; a profile or a preview may stand before that. */
async function lookAtImage(type: string, file: RangedFile): Promise<Facts> {
  for (;;) {
    const head = file.parts[0]!.bytes;
    const found = imageSize(type, head);
    if (found.kind === 'size') return { outcome: 'read', width: found.width, height: found.height };
    if (found.kind === 'unknown') return { outcome: 'read' };
    if (file.size !== null && found.bytes > file.size) return { outcome: 'read', message: 'it ends before its size' };
    const loaded = await file.load(0, found.bytes);
    if (loaded.kind === 'failed') return failed(loaded.failure);
    if (loaded.kind === 'out-of-reach') return { outcome: 'read', message: 'its size lies beyond what may be read' };
  }
}

async function lookAtMedia(type: string, file: RangedFile, reader: Reader): Promise<Facts> {
  const boxes = /\/(mp4|quicktime|3gpp)$/.test(type) ? boxOrder(file.parts[0]!.bytes, file.size) : null;
  const fastStart = boxes?.fastStart ?? null;
  const media = await readParts(file, reader);
  if (boxes?.cutShort === true && media.outcome !== 'late' && media.outcome !== 'unknown') {
    return { ...media, ...unreadable('it is cut short: its end is missing'), fastStart };
  }
  return { ...media, fastStart };
}

/** Has a file read, loads what turns out to be missing, and so on. Every turn reads more of the file, up to the limit. */
async function readParts(file: RangedFile, reader: Reader): Promise<Facts> {
  const size = file.size ?? file.parts[0]!.bytes.length;
  for (;;) {
    const reading = await reader.readMedia({ size, parts: file.parts });
    if (reading === null) return UNREAD_BY_US;
    const { facts, missing } = reading;
    const loaded = missing === null ? null : await file.load(missing.start, missing.end);
    if (loaded?.kind === 'loaded') continue;
    if (loaded?.kind === 'failed') return failed(loaded.failure);
    if (facts !== null) return { outcome: 'read', ...facts };
    if (loaded === null) return unreadable(NOT_READ);
    return { outcome: 'read', message: 'its index lies beyond what may be read' };
  }
}

async function lookAtManifest(type: string, file: RangedFile, open: Open, { readManifest }: Reader): Promise<Facts> {
  const text = wholeText(file);
  if (text === null) return { outcome: 'read', message: 'the manifest is longer than what is read of one' };
  const reading = await readManifest({ type, text });
  if (reading === null) return UNREAD_BY_US;
  if (reading.facts === null) return unreadable(NOT_READ);
  const { renditions, durationSec, next } = reading.facts;
  const target = next === null ? null : URL.parse(next, file.url);
  // A player begins with the first rendition, and its own playlist is what tells the duration.
  const playlist = target === null ? null : await open(target.href);
  const nextText = playlist === null || !('load' in playlist) ? null : wholeText(playlist);
  const nextReading = nextText === null ? null : await readManifest({ type, text: nextText });
  const isCut = nextText !== null && nextReading === null;
  return {
    outcome: 'read',
    renditions,
    durationSec: durationSec ?? nextReading?.facts?.durationSec ?? null,
    ...(isCut && { failure: TOO_SLOW }),
  };
}

/** A manifest that does not come with the first bytes is no manifest of an ad. */
function wholeText({ size, parts: [head] }: RangedFile): string | null {
  return size === head!.bytes.length ? head!.bytes.toString('utf8') : null;
}

/** What our own reader could not do says nothing of the file. */
const TOO_SLOW: Failure = { reason: 'busy', message: 'our own reader had not the time to look at it' };
const UNREAD_BY_US: Facts = { outcome: 'unknown', message: TOO_SLOW.message, failure: TOO_SLOW };
const NOT_READ = 'it begins as such, but could not be read';

function unreadable(what: string): Facts {
  return { outcome: 'unreadable', message: what };
}
