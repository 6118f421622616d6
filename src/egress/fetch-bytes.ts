import type { Deadline } from '../deadline.ts';
import { followRedirects, type Followed } from './follow-redirects.ts';
import type { SendRequest } from './send-request.ts';

/**
 * Asks for a part of a file, first and last byte included [RFC 9110, 14.1.2]. Of a server that sends the whole instead,
 * no more is taken than was asked for. Never throws, settles at the deadline at the latest.
 */
export type FetchBytes = (
  url: string,
  range: { readonly first: number; readonly last: number },
  deadline: Deadline,
) => Promise<Followed>;

/** The way out for media probes: the same guard, limits and redirects as for documents. */
export function createFetchBytes(userAgent: string, send: SendRequest): FetchBytes {
  return (url, { first, last }, deadline) =>
    followRedirects(
      send,
      {
        url,
        target: URL.parse(url),
        method: 'GET',
        headers: {
          'user-agent': userAgent,
          accept: '*/*',
          'accept-encoding': 'identity',
          range: `bytes=${first}-${last}`,
        },
        maxBytes: last - first + 1,
        overflow: 'cut',
        wantsBody: (status) => status === 200 || status === 206,
      },
      deadline,
    );
}
