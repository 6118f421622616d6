import type { Sent } from './generator.ts';

/** What became of a load. Shares are in per cent. */
export type Figures = {
  readonly asked: number;
  readonly refused: number;
  /** Of those that were let in. */
  readonly late: number;
  readonly p50: number | string;
  readonly p99: number | string;
};

const BIN_MS = 100;
/** It has recovered when so many of the requests of a bin are answered with an ad in time. */
const WELL = 0.95;

export function figuresOf(sent: readonly Sent[], tmax: number): Figures {
  const admitted = sent.filter(([, , end]) => end !== 'shed');
  const late = admitted.filter((each) => !isGood(each, tmax));
  const percent = (part: number, whole: number): number => +((100 * part) / Math.max(1, whole)).toFixed(2);
  return {
    asked: sent.length,
    refused: percent(sent.length - admitted.length, sent.length),
    late: percent(late.length, admitted.length),
    p50: percentile(admitted, 0.5),
    p99: percentile(admitted, 0.99),
  };
}

/** An ad later than the deadline is worth nothing to the auction. */
const isGood = ([, ms, end]: Sent, tmax: number): boolean => end === 'ad' && ms <= tmax;

/** Ads in time, per second. */
export function goodput(sent: readonly Sent[], tmax: number, ms: number): number {
  return (sent.filter((each) => isGood(each, tmax)).length / ms) * 1000;
}

export function percentile(sent: readonly Sent[], share: number): number | string {
  const sorted = sent.map(([, ms]) => ms).toSorted((a, b) => a - b);
  return sorted.length === 0
    ? '-'
    : +sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(1);
}

/** The end of the last bin in which too few had their ad in time, in ms since the load fell. */
export function recovery(sent: readonly Sent[], tmax: number): number {
  const bins = Map.groupBy(sent, ([at]) => Math.floor(at / BIN_MS));
  const bad = [...bins].filter(([, bin]) => bin.filter((each) => isGood(each, tmax)).length < bin.length * WELL);
  return Math.max(0, ...bad.map(([number]) => (number + 1) * BIN_MS));
}
