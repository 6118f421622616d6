import {
  ADTS,
  CustomSource,
  FLAC,
  Input,
  type InputAudioTrack,
  type InputVideoTrack,
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
import type { RangedFile } from './ranged-file.ts';

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

/**
 * Reads what a media file says of itself, from as few of its bytes as that takes. What would need more than may be read
 * is null; the whole is null where the file cannot be read as what it begins as. Never rejects.
 */
export async function readMedia(file: RangedFile): Promise<MediaFacts | null> {
  const input = new Input({
    formats: FORMATS,
    source: new CustomSource({
      getSize: () => file.size ?? file.head.length,
      read: file.read,
      handleUnhandledError: () => {},
    }),
  });
  try {
    const mime = await input.getMimeType();
    const video = await input.getPrimaryVideoTrack();
    const audio = await input.getPrimaryAudioTrack();
    if (video === null && audio === null) return null;
    const durationSec = rounded(await told(() => readDuration(input, file)), 1000);
    return {
      type: mime.split(';')[0]!.toLowerCase(),
      durationSec,
      bitrate: durationSec && file.size ? Math.round((file.size * 8) / durationSec / 1000) : null,
      ...(await readVideo(video)),
      hasVideo: video !== null,
      hasAudio: audio !== null,
      audioCodec: await codecOf(audio),
    };
  } catch {
    return null;
  } finally {
    input.dispose();
  }
}

async function readVideo(
  track: InputVideoTrack | null,
): Promise<Pick<MediaFacts, 'width' | 'height' | 'frameRate' | 'videoCodec'>> {
  if (track === null) return { width: null, height: null, frameRate: null, videoCodec: null };
  const stats = await told(() => track.computePacketStats(FRAMES));
  return {
    width: await told(() => track.getDisplayWidth()),
    height: await told(() => track.getDisplayHeight()),
    frameRate: rounded(stats?.averagePacketRate ?? null, 100),
    videoCodec: await codecOf(track),
  };
}

async function codecOf(track: InputVideoTrack | InputAudioTrack | null): Promise<string | null> {
  return track === null ? null : told(() => track.getCodecParameterString());
}

/**
 * From the index where there is one. Otherwise from the first and the last frame; and of an MP3 too long for that, from
 * its size and the bitrate of its first frames.
 */
async function readDuration(input: Input, file: RangedFile): Promise<number | null> {
  const indexed = await told(() => input.getDurationFromMetadata());
  if (indexed !== null || file.size === null) return indexed;
  const end = await told(() => input.computeDuration());
  if (end !== null) return end - (await input.getFirstTimestamp());
  const audio = (await input.getFormat()) === MP3 ? await input.getPrimaryAudioTrack() : null;
  const stats = audio === null ? null : await told(() => audio.computePacketStats(FRAMES));
  return stats === null ? null : (file.size * 8) / stats.averageBitrate;
}

/** What would need bytes that are not to be had, or what the file gets wrong, is not told. */
async function told<Value>(read: () => Promise<Value>): Promise<Value | null> {
  try {
    return await read();
  } catch {
    return null;
  }
}

function rounded(value: number | null, parts: number): number | null {
  return value === null || !Number.isFinite(value) ? null : Math.round(value * parts) / parts;
}
