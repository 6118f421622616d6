import type { ParameterizedContext } from 'koa';
import { Deadline } from '../deadline.ts';

/** A deadline that ends with the answer, or with a caller who hangs up: what still waits upstream is closed then. */
export function startDeadline(ctx: ParameterizedContext, ms: number): Deadline {
  const deadline = Deadline.after(ms);
  if (ctx.res.destroyed) deadline.cancel('closed');
  else ctx.res.once('close', () => deadline.cancel('closed'));
  return deadline;
}
