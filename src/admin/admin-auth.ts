import { createHash, timingSafeEqual } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Middleware } from 'koa';
import { RequestError } from '../http/problem.ts';

/** How long the answer to a wrong token takes, in ms. */
const WRONG_TAKES_MS = 1000;
/** Wrong ones that may wait for their answer at once; more are turned away. */
const MAX_WAITING = 16;

/**
 * Lets in only those who show the token: as Bearer, or as the password of HTTP Basic, which browsers can ask for.
 * Without a token everyone is let in: then the listener is on loopback. Whoever guesses waits, and only a few can wait
 * at once. The right token is let in at once, whoever is guessing.
 */
export function adminAuth(token: string | null, wrongTakesMs = WRONG_TAKES_MS): Middleware {
  let waiting = 0;
  return async (ctx, next) => {
    const shown = shownToken(ctx.get('Authorization'));
    if (token === null || isToken(shown, token)) return void (await next());
    if (shown !== '') {
      if (waiting >= MAX_WAITING) {
        throw new RequestError('too-many-requests', 'Too many wrong tokens were shown. Try again in 1 s.', {
          headers: { 'Retry-After': '1' },
        });
      }
      waiting += 1;
      await sleep(wrongTakesMs);
      waiting -= 1;
    }
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
