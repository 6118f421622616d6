import { FAILURES, type FailureReason } from '../chain/failure.ts';
import type { UnwrapResult } from '../unwrap/result.ts';

/** The result of a request that never came to unwrapping: overload, a body that came too late or cannot be read. */
export function earlyResult(reason: FailureReason | 'overload', deadline: UnwrapResult['deadline']): UnwrapResult {
  const { status, vastError } = reason === 'overload' ? { status: 'shed' as const, vastError: null } : FAILURES[reason];
  return {
    status,
    vastError,
    reason,
    adm: null,
    wrappers: 0,
    deadline,
    media: [],
    hops: [],
    ads: [],
    merged: null,
    findings: [],
    errorUrls: [],
    bid: null,
  };
}
