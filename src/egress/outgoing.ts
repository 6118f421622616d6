import type { IncomingHttpHeaders } from 'node:http';
import type { Failure } from '../chain/failure.ts';
import type { Exchange } from '../unwrap/result.ts';

/** One request to be sent. */
export type Outgoing = {
  readonly url: string;
  /** The same parsed; null where it is no URL. */
  readonly target: URL | null;
  readonly method: 'GET' | 'HEAD' | 'POST';
  /** What a POST sends; its length is among the headers. */
  readonly body?: string;
  /** Names in lower case. What a header cannot hold is replaced in their values. */
  readonly headers: Readonly<Record<string, string>>;
  /** How much of the body is taken, in bytes as on the wire. */
  readonly maxBytes: number;
  /** A longer body is a failure (`too-large`), or is cut there. */
  readonly overflow: 'fail' | 'cut';
  /** Is it for a viewer without consent? Absent for what tells nothing of a viewer. */
  readonly withoutConsent?: boolean | undefined;
  /** Is the body of a reply with this status wanted? Otherwise it is dropped, and the reply is there at once. */
  readonly wantsBody: (status: number) => boolean;
  /**
   * Of a page that comes with the status of an error, so many bytes are taken all the same, since it mostly says what is
   * wrong. It is hardly waited for.
   */
  readonly glanceBytes?: number;
  /** Asked for room for the bytes of the body as they come; where there is none the request ends with `memory`. */
  readonly take?: ((bytes: number) => boolean) | undefined;
};

/** What came of it. */
export type Sent = {
  /** Null where nothing was sent. */
  readonly exchange: Exchange | null;
  readonly outcome:
    | {
        readonly ok: true;
        readonly httpStatus: number;
        readonly headers: IncomingHttpHeaders;
        readonly body: Buffer;
        /** Was it asked for with credentials of the operator? */
        readonly withCredentials?: boolean;
      }
    | { readonly ok: false; readonly failure: Failure };
};
