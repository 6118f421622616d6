import type { Deadline } from '../deadline.ts';
import type { Redirect } from '../unwrap/ports.ts';
import type { Exchange } from '../unwrap/result.ts';
import { failureOf } from './failure.ts';
import type { SendRequest } from './send-request.ts';
import type { Outgoing, Sent } from './outgoing.ts';

/** What came of a request and its redirects. */
export type Followed = {
  readonly exchanges: readonly Exchange[];
  readonly redirects: readonly Redirect[];
  /** Where the last of them went. */
  readonly url: string;
  readonly outcome: Sent['outcome'];
};

type Answered = Extract<Sent['outcome'], { ok: true }>;

const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Is this the status of a redirect [RFC 9110, 15.4]? */
export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

/** Sends a request and follows up to three redirects. Each goes through the guard as a first request does. */
export async function followRedirects(send: SendRequest, first: Outgoing, deadline: Deadline): Promise<Followed> {
  const exchanges: Exchange[] = [];
  let next = first;
  const followed: Redirect[] = [];
  for (let redirects = 0; ; redirects += 1) {
    const { url } = next;
    const { exchange, outcome } = await send(next, deadline);
    if (exchange !== null) exchanges.push(exchange);
    const location = outcome.ok && isRedirect(outcome.httpStatus) ? outcome.headers.location : undefined;
    if (location === undefined) return { exchanges, redirects: followed, url, outcome };
    const host = exchange!.host;
    const target = URL.parse(location, url);
    if (target === null) {
      return {
        exchanges,
        redirects: followed,
        url,
        outcome: { ok: false, failure: failureOf(host, 'http-protocol', 'it redirected to no URL') },
      };
    }
    if (redirects === MAX_REDIRECTS) {
      const what = `it redirected once more after ${MAX_REDIRECTS} redirects`;
      return {
        exchanges,
        redirects: followed,
        url,
        outcome: { ok: false, failure: failureOf(host, 'redirects', what) },
      };
    }
    if (outcome.ok) followed.push({ url, ...withoutBody(outcome) });
    next = { ...first, url: target.href, target };
  }
}

const withoutBody = ({ httpStatus, headers, withCredentials }: Answered): Omit<Redirect, 'url'> =>
  withCredentials === undefined ? { httpStatus, headers } : { httpStatus, headers, withCredentials };
