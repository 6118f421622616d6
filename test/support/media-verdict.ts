import type { MediaVerdict } from '../../src/validation/media-verdict.ts';

/** What a good MP4 is found to be. */
export function mediaVerdict(over: Partial<MediaVerdict> = {}): MediaVerdict {
  return {
    url: 'https://cdn.example/a.mp4',
    outcome: 'read',
    message: null,
    httpStatus: 206,
    contentType: 'video/mp4',
    type: 'video/mp4',
    size: 1_000_000,
    contentHash: 'a1'.repeat(32),
    ranges: true,
    fastStart: true,
    durationSec: 15,
    width: 1280,
    height: 720,
    bitrate: 533,
    frameRate: 25,
    videoCodec: 'avc1.64001f',
    audioCodec: 'mp4a.40.2',
    hasVideo: true,
    hasAudio: true,
    renditions: null,
    ...over,
  };
}
