import {
  ADTS,
  CustomSource,
  FLAC,
  Input,
  type InputAudioTrack,
  type InputVideoTrack,
  Logging,
  LogLevel,
  MATROSKA,
  MP3,
  MP4,
  MPEG_TS,
  OGG,
  QTFF,
  WAVE,
  WEBM,
} from 'mediabunny';
import type { MediaVerdict } from '../validation/media-verdict.ts';

// It would write what it thinks of a file to the console.
Logging.level = LogLevel.Silent;

const FORMATS = [MP4, QTFF, WEBM, MATROSKA, MP3, ADTS, MPEG_TS, OGG, WAVE, FLAC];

/** Frames that tell the frame rate. */
const FRAMES = 25;

/** What a media file itself says. */
export type MediaFacts = Pick<
  MediaVerdict,
  | 'type'
  | 'durationSec'
  | 'width'
  | 'height'
  | 'bitrate'
  | 'frameRate'
  | 'videoCodec'
  | 'audioCodec'
  | 'hasVideo'
  | 'hasAudio'
>;

/** What is known of the bytes of a file. */
export type KnownBytes = {
  /** Of the whole file. */
  readonly size: number;
  readonly parts: readonly { readonly start: number; readonly bytes: Uint8Array }[];
};

/** What could be read, and the first bytes that were asked for and are not among the known ones, `end` excluded. */
export type MediaReading = {
  /** Null where the file cannot be read as what it begins as. */
  readonly facts: MediaFacts | null;
  readonly missing: { readonly start: number; readonly end: number } | null;
};

/**
 * Reads what a media file says of itself, as far as the known bytes tell: what would need others is null. Never
 * rejects. A hostile file may keep it busy for a minute: strangers' files are read in a thread (media-reader.ts).
 */
export async function readMedia(known: KnownBytes): Promise<MediaReading> {
  let missing: MediaReading['missing'] = null;
  const read = (start: number, end: number): Uint8Array => {
    const part = known.parts.find((each) => each.start <= start && end <= each.start + each.bytes.length);
    if (part !== undefined) return part.bytes.subarray(start - part.start, end - part.start);
    missing ??= { start, end };
    throw new Error('these bytes are not known');
  };
  const source = new CustomSource({ getSize: () => known.size, read, handleUnhandledError: () => {} });
  const input = new Input({ formats: FORMATS, source });
  const facts = await orNull(() => readFacts(input, known.size));
  input.dispose();
  return { facts, missing };
}

async function readFacts(input: Input, size: number): Promise<MediaFacts | null> {
  const mime = await input.getMimeType();
  const video = await input.getPrimaryVideoTrack();
  const audio = await input.getPrimaryAudioTrack();
  if (video === null && audio === null) return null;
  const durationSec = rounded(await orNull(() => readDuration(input)), 1000);
  return {
    type: mime.split(';')[0]!.toLowerCase(),
    durationSec,
    bitrate: durationSec ? Math.round((size * 8) / durationSec / 1000) : null,
    ...(await readVideo(video)),
    hasVideo: video !== null,
    hasAudio: audio !== null,
    audioCodec: await codecOf(audio),
  };
}

async function readVideo(
  track: InputVideoTrack | null,
): Promise<Pick<MediaFacts, 'width' | 'height' | 'frameRate' | 'videoCodec'>> {
  if (track === null) return { width: null, height: null, frameRate: null, videoCodec: null };
  const stats = await orNull(() => track.computePacketStats(FRAMES));
  return {
    width: await orNull(() => track.getDisplayWidth()),
    height: await orNull(() => track.getDisplayHeight()),
    frameRate: rounded(stats?.averagePacketRate ?? null, 100),
    videoCodec: await codecOf(track),
  };
}

async function codecOf(track: InputVideoTrack | InputAudioTrack | null): Promise<string | null> {
  return track === null ? null : orNull(() => track.getCodecParameterString());
}

/** From the index, or what stands for one; otherwise from the first and the last frame. */
async function readDuration(input: Input): Promise<number | null> {
  const indexed = await orNull(() => input.getDurationFromMetadata());
  if (indexed !== null) return indexed;
  const end = await input.computeDuration();
  return end - (await input.getFirstTimestamp());
}

/** Null where the reading fails: bytes of it are not known, or the file is wrong. */
async function orNull<Value>(read: () => Promise<Value>): Promise<Value | null> {
  try {
    return await read();
  } catch {
    return null;
  }
}

function rounded(value: number | null, parts: number): number | null {
  return value === null || !Number.isFinite(value) ? null : Math.round(value * parts) / parts;
}
