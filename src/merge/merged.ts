import type { Finding } from '../validation/finding.ts';
import type { Tracker } from './tracker.ts';

/** A stretch of the merged text that did not stand in the InLine's document. */
export type Insertion = {
  /** Offsets in the merged text. */
  readonly start: number;
  readonly end: number;
  /** Position in the result's `hops` of the wrapper that it came from. */
  readonly hop: number;
};

/** What merging yields. */
export type Merged = {
  readonly adm: string;
  readonly insertions: readonly Insertion[];
  /** What could not be merged, and what the output's version does not know. */
  readonly findings: readonly Finding[];
  /** Every tracking URL of the result; computed when asked for. */
  readonly trackers: () => readonly Tracker[];
};
