import type { MediaVerdict } from '../validation/media-verdict.ts';
import { mediaFacts } from './media-facts.ts';
import { printable } from './printable.ts';

/** What looking at media files found, as lines for a terminal: one file each, what it turned out to be, and where it is. */
export function drawMedia(media: readonly MediaVerdict[]): string[] {
  return media.map((verdict) => {
    const { outcome, url } = verdict;
    return `  ${outcome.padEnd(OUTCOME_WIDTH)}  ${printable(mediaFacts(verdict).join(' · '))}\n  ${' '.repeat(OUTCOME_WIDTH)}  ${printable(url)}`;
  });
}

const OUTCOME_WIDTH = 'unreachable'.length;
