import { FAILURES, type FailureReason } from '../../../chain/failure.ts';
import type { ChainRule } from '../../rule.ts';

/** What is nobody's fault. */
const OUR_OWN: readonly FailureReason[] = ['no-ad', 'cancelled', 'refused', 'repeated', 'not-asked'];

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * One rule for each way in which a branch of the chain can end without an ad. The rules of the topic document report
 * the other ways.
 */
export const CHAIN_FAILURE_RULES: readonly ChainRule[] = (Object.keys(FAILURES) as FailureReason[]).flatMap(
  (reason) => {
    const { vastError, title, why, fix } = FAILURES[reason];
    if (why === undefined || fix === undefined) return [];
    return {
      id: `chain/${reason}`,
      looksAt: 'chain',
      of: 'failed',
      severity: OUR_OWN.includes(reason) ? 'info' : 'error',
      vastError,
      ...(reason === 'category-blocked' && { rejects: true }),
      title: sentence(title),
      why,
      fix,
      spec: 'VAST 4.3, 2.3.6.3',
      check: ({ failed }) => failed.filter((each) => each.reason === reason),
    };
  },
);
