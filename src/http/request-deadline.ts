import type { ParameterizedContext } from 'koa';
import { Deadline } from '../deadline.ts';

/**
 * A deadline that ends with the answer, or with a caller who hangs up: what still waits upstream is closed then. It began
 * when the request came.
 */
export function startDeadline(ctx: ParameterizedContext, ms: number): Deadline {
  const deadline = Deadline.after(ms, undefined, ctx.state['arrivedAt'] as number | undefined);
  if (ctx.res.destroyed) deadline.cancel('closed');
  else ctx.res.once('close', () => deadline.cancel('closed'));
  return deadline;
}
