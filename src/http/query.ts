import type { ParameterizedContext } from 'koa';

/** The query of a request, parsed once for all who look at it. */
export function queryOf(ctx: ParameterizedContext): URLSearchParams {
  const state = ctx.state as { query?: URLSearchParams };
  return (state.query ??= new URLSearchParams(ctx.querystring));
}

/** Does the query ask for `word` by `include=`? */
export function includes(ctx: ParameterizedContext, word: string): boolean {
  return queryOf(ctx).get('include')?.split(',').includes(word) ?? false;
}
