import { createHash, randomBytes } from 'node:crypto';
import type { ParameterizedContext } from 'koa';

const COOKIE = 'viewer';
const KEPT_FOR_MS = 24 * 3600 * 1000;

const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

type Context = Pick<ParameterizedContext, 'cookies'>;

/** Who looks at the pages, as a digest of what their browser was given; null where it was given nothing yet. */
export function viewerOf({ cookies }: Context): string | null {
  const secret = cookies.get(COOKIE);
  return secret === undefined ? null : digestOf(secret);
}

/**
 * The same; a browser that was given nothing yet is given a cookie now. The cookie says nothing of anybody, and no
 * other host sees it.
 */
export function makeViewer(ctx: Context): string {
  const known = viewerOf(ctx);
  if (known !== null) return known;
  const secret = randomBytes(16).toString('base64url');
  ctx.cookies.set(COOKIE, secret, { path: '/', httpOnly: true, sameSite: 'strict', maxAge: KEPT_FOR_MS });
  return digestOf(secret);
}
