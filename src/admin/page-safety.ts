import { isIPv4, isIPv6 } from 'node:net';
import type { Middleware } from 'koa';
import { RequestError } from '../http/problem.ts';
import { createCallRate } from './call-rate.ts';

const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/** The policy of a page that shows media from one other origin, as `mediaOrigin` allows it. */
export const mediaPolicy = (origin: string): string =>
  `${POLICY.replace("img-src 'self'", `img-src 'self' ${origin}`)}; media-src ${origin}`;

/** The policy of a page that plays an ad: media and pictures from these origins, as `mediaOrigin` allows them. */
export function playPolicy(media: readonly string[], pictures: readonly string[]): string {
  const images = POLICY.replace("img-src 'self'", ["img-src 'self'", ...new Set(pictures)].join(' '));
  return media.length === 0 ? images : `${images}; media-src ${[...new Set(media)].join(' ')}`;
}

/** Headers that let a page run nothing but our own script and send nothing anywhere else. */
export function pageHeaders(): Middleware {
  return (ctx, next) => {
    ctx.set(HEADERS);
    return next();
  };
}

/**
 * Refuses what another site made a browser send: the rights of the browser's user are not that site's. Browsers say
 * where a request comes from; a request that does not say so comes from no browser.
 */
export function sameSiteOnly(): Middleware {
  return (ctx, next) => {
    const site = ctx.get('Sec-Fetch-Site');
    const origin = ctx.get('Origin');
    const isForeign =
      site !== '' ? site !== 'same-origin' && site !== 'none' : origin !== '' && !isOwn(origin, ctx.host);
    if (isForeign) throw new RequestError('cross-site', 'Send the form from the debug page itself.');
    return next();
  };
}

/**
 * Refuses host names of other sites that lead here (DNS rebinding): a browser would take such a site and this page for
 * the same. Where a token is asked for, the other site has none.
 */
export function ownNameOnly(token: string | null): Middleware {
  return (ctx, next) => {
    if (token !== null || isOwnName(ctx.hostname)) return next();
    throw new RequestError('cross-site', 'Open the page as localhost or by its IP address, or set ADMIN_TOKEN.');
  };
}

/** `localhost` or an address; IPv6 stands in brackets. */
function isOwnName(hostname: string): boolean {
  const name = hostname.toLowerCase();
  return (
    name === 'localhost' || isIPv4(name) || (name.startsWith('[') && name.endsWith(']') && isIPv6(name.slice(1, -1)))
  );
}

const isOwn = (origin: string, host: string): boolean => URL.parse(origin)?.host === host;

/** At most `max` requests in `periodMs`, all callers together. @param now in ms */
export function rateLimit(max: number, periodMs: number, now: () => number = Date.now): Middleware {
  const take = createCallRate(max, periodMs, now);
  return (_ctx, next) => {
    const waitMs = take();
    if (waitMs === 0) return next();
    const seconds = Math.ceil(waitMs / 1000);
    throw new RequestError('too-many-requests', `Try again in ${seconds} s.`, {
      headers: { 'Retry-After': String(seconds) },
    });
  };
}
