import type { ParameterizedContext } from 'koa';
import { Deadline } from '../deadline.ts';
import { readBody } from '../http/body.ts';
import { RequestError } from '../http/problem.ts';

const MAX_BYTES = 1000;
const WITHIN_MS = 5000;

/**
 * The fields of a form that has a few short ones.
 * @throws RequestError where they do not come, or are longer
 */
export async function readFields(ctx: Pick<ParameterizedContext, 'req'>): Promise<URLSearchParams> {
  const deadline = Deadline.after(WITHIN_MS);
  const arrival = await readBody(ctx.req, MAX_BYTES, deadline);
  deadline.cancel();
  if (arrival.kind !== 'complete') throw new RequestError('bad-field', 'Send the form faster.');
  return new URLSearchParams(arrival.bytes.toString());
}
