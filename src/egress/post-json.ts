import type { Deadline } from '../deadline.ts';
import type { SendRequest } from './send-request.ts';

/** Sends a value as JSON to an address of the operator's; says whether it was taken. Never throws, settles at the deadline. */
export type PostJson = (url: string, value: unknown, deadline: Deadline) => Promise<boolean>;

/** The way out for webhooks: the same guard and limits as for documents. No redirect is followed. */
export function createPostJson(userAgent: string, send: SendRequest): PostJson {
  return async (url, value, deadline) => {
    const body = JSON.stringify(value);
    const { outcome } = await send(
      {
        url,
        target: URL.parse(url),
        method: 'POST',
        headers: {
          'user-agent': userAgent,
          'content-type': 'application/json',
          'content-length': String(Buffer.byteLength(body)),
        },
        body,
        maxBytes: 0,
        overflow: 'cut',
        wantsBody: () => false,
      },
      deadline,
    );
    return outcome.ok && outcome.httpStatus >= 200 && outcome.httpStatus < 300;
  };
}
