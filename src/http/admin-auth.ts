import { createHash, timingSafeEqual } from 'node:crypto';
import type { Middleware } from 'koa';
import { RequestError } from './problem.ts';

/**
 * Lets only those in who show the token: as Bearer, or as the password of HTTP Basic, which browsers can ask for.
 * Without a token everyone is let in: then the listener is on loopback.
 */
export function adminAuth(token: string | null): Middleware {
  return (ctx, next) => {
    if (token === null || isToken(shownToken(ctx.get('Authorization')), token)) return next();
    throw new RequestError('unauthorized', 'Send ADMIN_TOKEN as Bearer, or as the password of HTTP Basic.', {
      headers: { 'WWW-Authenticate': 'Basic realm="vast-unwrap", charset="UTF-8"' },
    });
  };
}

function shownToken(authorization: string): string {
  const [scheme = '', credentials = ''] = authorization.split(' ');
  if (scheme.toLowerCase() === 'bearer') return credentials;
  if (scheme.toLowerCase() !== 'basic') return '';
  const pair = Buffer.from(credentials, 'base64').toString();
  return pair.slice(pair.indexOf(':') + 1);
}

/** Takes the same time for every wrong token, since digests have one length. */
function isToken(shown: string, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(shown), digest(token));
}
