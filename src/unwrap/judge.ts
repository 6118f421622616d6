import type { Settled } from '../chain/step.ts';
import type { Merged } from '../merge/merged.ts';
import type { Finding } from '../validation/finding.ts';
import type { UnwrapRequest } from './request.ts';
import type { HopReport } from './result.ts';

/** What is to be said of the ads that were reached, and the finding that forbids to show them, if there is one. */
export type Judgement = { readonly findings: readonly Finding[]; readonly rejection: Finding | null };

export function judge(
  _request: UnwrapRequest,
  _settled: readonly Settled[],
  _hops: readonly HopReport[],
  merged: Merged,
): Judgement {
  return { findings: merged.findings, rejection: null };
}
