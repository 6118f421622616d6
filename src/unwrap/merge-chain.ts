import { FAILURES } from '../chain/failure.ts';
import { collapse } from '../merge/collapse.ts';
import { mergeAds } from '../merge/merge.ts';
import type { Merged } from '../merge/merged.ts';
import { decisiveFailure } from './follow.ts';
import type { FollowedChain } from './followed-chain.ts';

/**
 * The ads that were reached, with what their wrappers want; or where none was in time and the caller asked for it, one
 * Wrapper in place of those that were read. Null where there is nothing to merge.
 */
export function mergeChain({ request, findings, chain, trace }: FollowedChain): Merged | null {
  const options = { ...request.options, quiet: findings === 'rejection' };
  const { settled, pod } = chain;
  if (settled.length > 0) return trace.step('vast.merge', () => mergeAds(settled, { pod, ...options }));
  const { branch, failure, unresolved } = decisiveFailure(chain);
  if (options.onTimeout !== 'collapse' || !FAILURES[failure.reason].collapsible) return null;
  if (pod || branch.length === 0 || unresolved === null) return null;
  return trace.step('vast.merge', () => collapse(branch, unresolved, options));
}
