import type { MediaVerdict } from '../validation/media-verdict.ts';
import { count, formatBytes } from './figures.ts';

/** What a media file was found to be, fact by fact, for people; last what was wrong. */
export function mediaFacts(verdict: MediaVerdict): readonly string[] {
  const { type, width, height, durationSec, bitrate, frameRate, videoCodec, audioCodec, size, renditions } = verdict;
  const facts = [
    type,
    width === null ? null : `${width} × ${height ?? '?'}`,
    durationSec === null ? null : `${durationSec} s`,
    bitrate === null ? null : `${bitrate} kbit/s`,
    frameRate === null ? null : `${frameRate} fps`,
    videoCodec,
    audioCodec,
    renditions === null ? null : count(renditions.length, 'rendition'),
    size === null ? null : formatBytes(size),
    verdict.message,
  ];
  return facts.filter((fact) => fact !== null);
}
