import type { ParameterizedContext } from 'koa';
import { createRepeatedText } from '../repeated-text.ts';

/** Which of some types a caller prefers by its Accept header [RFC 9110, 12.5.1]: the first where it has no say. */
export function createAcceptedType<Type extends string>(
  types: readonly [Type, ...(readonly Type[])],
): (ctx: ParameterizedContext) => Type {
  const known = createRepeatedText<Type>();
  return (ctx) => known(ctx.get('Accept'), () => (ctx.accepts(...types) || types[0]) as Type);
}

/** Does a caller take gzip, by its Accept-Encoding header, and rather than the answer as it is? */
export function createAcceptsGzip(): (ctx: ParameterizedContext) => boolean {
  const known = createRepeatedText<boolean>();
  return (ctx) => known(ctx.get('Accept-Encoding'), () => ctx.acceptsEncodings('gzip', 'identity') === 'gzip');
}

/** Says that an answer follows from a request header too [RFC 9110, 12.5.5]. */
export function varyBy(ctx: ParameterizedContext, header: string): void {
  const before = ctx.response.get('Vary') as string | undefined;
  if (before === undefined) ctx.set('Vary', header);
  else if (!before.split(', ').includes(header)) ctx.set('Vary', `${before}, ${header}`);
}
