import type { MediaVerdict } from '../validation/media-verdict.ts';
import { printable } from './printable.ts';

/** What looking at media files found, as lines for a terminal: one file each, what it turned out to be, and where it is. */
export function drawMedia(media: readonly MediaVerdict[]): string[] {
  return media.map((verdict) => {
    const { outcome, message, url } = verdict;
    const facts = [...factsOf(verdict), ...(message === null ? [] : [message])];
    return `  ${outcome.padEnd(OUTCOME_WIDTH)}  ${printable(facts.join(' · '))}\n  ${' '.repeat(OUTCOME_WIDTH)}  ${printable(url)}`;
  });
}

const OUTCOME_WIDTH = 'unreachable'.length;

function factsOf(verdict: MediaVerdict): readonly string[] {
  const { type, width, height, durationSec, bitrate, frameRate, videoCodec, audioCodec, size, renditions } = verdict;
  const facts = [
    type,
    width === null ? null : `${width}x${height ?? '?'}`,
    durationSec === null ? null : `${durationSec} s`,
    bitrate === null ? null : `${bitrate} kbps`,
    frameRate === null ? null : `${frameRate} fps`,
    videoCodec,
    audioCodec,
    renditions === null ? null : `${renditions.length} renditions`,
    size === null ? null : `${size} bytes`,
  ];
  return facts.filter((fact) => fact !== null);
}
