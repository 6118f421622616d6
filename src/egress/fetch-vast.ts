import type { Failure } from '../chain/failure.ts';
import type { FetchReply, FetchVast } from '../unwrap/ports.ts';
import type { Exchange } from '../unwrap/result.ts';
import { decodeBytes } from '../vast/decode.ts';
import { looksLike } from '../vast/looks-like.ts';
import { decodeBody } from './body.ts';
import { failureOf } from './failure.ts';
import { followRedirects, type Followed } from './follow-redirects.ts';
import type { SendRequest } from './send-request.ts';

export type FetchVastSettings = {
  /** The largest document, in bytes, on the wire and decoded. */
  readonly maxBytes: number;
  /** Names this service to ad servers. */
  readonly userAgent: string;
};

/** Where the title of a page stands. */
const GLANCE_BYTES = 2048;

const isOk = (status: number): boolean => status === 200;

/** A document, or that there is none. */
const DOCUMENT_STATUSES = new Set([200, 204, 304]);

/** The port through which ad servers are asked for documents. */
export function createFetchVast({ maxBytes, userAgent }: FetchVastSettings, send: SendRequest): FetchVast {
  const ownHeaders = {
    'user-agent': userAgent,
    accept: 'application/xml, text/xml, */*;q=0.1',
    'accept-encoding': 'gzip',
  };
  return async (request, deadline, take) => {
    const followed = await followRedirects(
      send,
      {
        url: request.url,
        target: request.target,
        method: 'GET',
        headers: { ...request.headers, ...ownHeaders },
        maxBytes,
        overflow: 'fail',
        withoutConsent: request.withoutConsent,
        wantsBody: isOk,
        glanceBytes: GLANCE_BYTES,
        take,
      },
      deadline,
    );
    return toReply(followed, maxBytes);
  };
}

function toReply({ exchanges, redirects, url, outcome }: Followed, maxBytes: number): FetchReply {
  if (!outcome.ok) return failed(exchanges, outcome.failure);
  const { httpStatus, headers, withCredentials } = outcome;
  const host = exchanges.at(-1)!.host;
  if (!DOCUMENT_STATUSES.has(httpStatus)) {
    const page = pageOf(outcome.body, headers['content-type'] ?? null);
    const what = `it answered with status ${httpStatus}${page === null ? '' : ` and ${page.is}`}`;
    return failed(exchanges, failureOf(host, 'http-status', what), page?.text);
  }
  const decoded = decodeBody(outcome.body, headers['content-encoding'], maxBytes);
  if (!decoded.ok) return failed(exchanges, failureOf(host, decoded.reason, decoded.what));
  const { body, notes } = decoded;
  return { exchanges, outcome: { ok: true, url, httpStatus, headers, withCredentials, redirects, body, notes } };
}

/** The beginning of a page that came in place of a document, and what it is; null where it is none. */
function pageOf(body: Buffer, contentType: string | null): { readonly text: string; readonly is: string } | null {
  if (body.length === 0) return null;
  const { text } = decodeBytes(body, contentType);
  const notVast = looksLike(text);
  return notVast?.kind === 'html' ? { text, is: notVast.is.replace(/,$/, '') } : null;
}

/** The last exchange bears the failure, also one that was found out only after it. */
function failed(exchanges: readonly Exchange[], failure: Failure, text?: string): FetchReply {
  const last = exchanges.at(-1);
  const ending = last === undefined ? [] : [{ ...last, error: last.error ?? failure.reason }];
  return { exchanges: [...exchanges.slice(0, -1), ...ending], outcome: { ok: false, failure, text } };
}
