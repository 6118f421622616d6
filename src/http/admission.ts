import type { ParameterizedContext } from 'koa';
import type { UnwrapResult } from '../unwrap/result.ts';
import { drainBody } from './body.ts';
import { RequestError } from './problem.ts';

/** A request that was let in. */
export type Admission = {
  /** A batch weighs as many as it holds. */
  readonly weigh: (unwraps: number) => void;
  readonly leave: (results: readonly UnwrapResult[]) => void;
};

/** Lets a request in, or says how it is to be refused. */
export type Admit = () => Admission | 'no-bid' | 'error';

/**
 * Runs `work` where the request is let in; else refuses it, at once and without looking at its body: by `noBid`, the
 * route's own canned answer, or by an error. `work` gives the results whose cost is to be learnt from.
 * @throws RequestError 503 where the refusal is an error
 */
export async function admitted(
  ctx: ParameterizedContext,
  admit: Admit,
  noBid: () => void,
  work: (admission: Admission) => Promise<readonly UnwrapResult[]>,
): Promise<void> {
  const admission = admit();
  if (admission === 'error') {
    throw new RequestError('overloaded', 'Try again later, or elsewhere.', { headers: { 'Retry-After': '1' } });
  }
  if (admission === 'no-bid') {
    drainBody(ctx.req);
    return noBid();
  }
  let results: readonly UnwrapResult[] = [];
  try {
    results = await work(admission);
  } finally {
    admission.leave(results);
  }
}
