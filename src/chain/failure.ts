import { ERROR_CODES, type VastErrorCode } from '../vast/error-code.ts';
import type { Status } from './status.ts';

type FailureRow = {
  readonly status: Status;
  readonly vastError: VastErrorCode;
  /** May `onTimeout=collapse` turn it into a shorter Wrapper? */
  readonly collapsible: boolean;
  /**
   * Is it the fault of whoever answers under that URL, so that the table of hosts counts it, and all who asked for the
   * same are told of it? What of it says something of the host, whatever is asked for, is known to hosts/observation.ts.
   */
  readonly hostsFault: boolean;
  /** Are Error URLs told of it? Not where it was our own limit that ended the branch. */
  readonly told: boolean;
  readonly title: string;
};

const row = (
  status: Status,
  vastError: VastErrorCode,
  title: string,
  flags: { readonly collapsible?: true; readonly hostsFault?: true; readonly told?: false } = {},
): FailureRow => ({
  status,
  vastError,
  title,
  collapsible: flags.collapsible ?? false,
  hostsFault: flags.hostsFault ?? false,
  told: flags.told ?? true,
});

const { xmlParsing, schemaValidation, versionNotSupported, wrapper, wrapperTimeout, wrapperLimit, noAd } = ERROR_CODES;
const late = { collapsible: true, hostsFault: true } as const;

/**
 * Every way in which a branch of a chain can end without an ad, by a stable word: it stands in the answer's `reason`,
 * in a hop's `error` and in a span's `error.type`.
 */
export const FAILURES = {
  'not-xml': row('invalid', xmlParsing, 'the document is not well-formed XML, or was refused as hostile'),
  'not-vast': row('invalid', schemaValidation, 'the document is XML but not VAST'),
  'broken-ad': row('invalid', schemaValidation, 'the ad is neither a usable InLine nor a usable Wrapper'),
  version: row('invalid', versionNotSupported, 'the version of VAST is not supported'),
  'uri-invalid': row('invalid', wrapper, 'the ad tag URI is empty or cannot be parsed'),
  'egress-blocked': row('blocked', wrapper, 'the egress guard refused the address'),
  loop: row('too_deep', wrapper, 'the chain leads back to an ad tag URI that it came from'),
  'too-deep': row('too_deep', wrapperLimit, 'there are more wrappers than allowed'),
  'fetch-limit': row('too_deep', wrapperLimit, 'the tag needed more fetches than allowed', { told: false }),
  'no-ad': row('no_ad', noAd, 'the chain ended without an ad'),
  'no-media': row('no_ad', ERROR_CODES.mediaNotFound, 'the ad has no file that could be played'),
  'no-creative': row('no_ad', noAd, 'the ad holds nothing that could be shown'),
  refused: row('rejected', ERROR_CODES.trafficking, 'the ad was passed over for one that fits'),
  repeated: row('rejected', ERROR_CODES.trafficking, 'the ad repeats another one of its pod'),
  'category-blocked': row('rejected', ERROR_CODES.categoryBlocked, 'a wrapper blocks the category of the ad'),
  timeout: row('timeout', wrapperTimeout, 'the deadline passed', late),
  cancelled: row('timeout', wrapperTimeout, 'nobody waits for the reply any more', { told: false }),
  hopeless: row('timeout', wrapperTimeout, 'the host was never as fast as the time left', { collapsible: true }),
  dns: row('unreachable', wrapperTimeout, 'the host name could not be resolved', late),
  connect: row('unreachable', wrapperTimeout, 'no connection could be made', late),
  tls: row('unreachable', wrapperTimeout, 'the TLS handshake failed', late),
  reset: row('unreachable', wrapperTimeout, 'the connection broke before the reply was complete', late),
  'http-protocol': row('unreachable', wrapperTimeout, 'the reply was not valid HTTP', late),
  'http-status': row('unreachable', wrapperTimeout, 'the reply had an HTTP status that is no document', late),
  redirects: row('unreachable', wrapperTimeout, 'there were more redirects than allowed', late),
  'too-large': row('unreachable', wrapperTimeout, 'the reply was over the size limit', late),
  'content-coding': row('unreachable', wrapperTimeout, 'the reply had a content coding that is not accepted', late),
  'breaker-open': row('unreachable', wrapperTimeout, 'the host failed too often and is left alone', {
    collapsible: true,
  }),
  busy: row('unreachable', wrapperTimeout, 'too many requests are under way already', {
    collapsible: true,
    told: false,
  }),
  memory: row('shed', wrapperTimeout, 'the documents under way took all the memory that there is for them', {
    collapsible: true,
    told: false,
  }),
  'not-asked': row('unreachable', wrapperTimeout, 'the host is not to be asked for a viewer without consent', {
    collapsible: true,
    told: false,
  }),
} as const satisfies Record<string, FailureRow>;

export type FailureReason = keyof typeof FAILURES;

/** An expected failure: a value, never thrown. */
export type Failure = {
  readonly reason: FailureReason;
  /** What was wrong and where, for people. No URL in full, no document. */
  readonly message: string;
  /** In place of the code of the reason, where the one finding behind it knows better; null for none to be told. */
  readonly vastError?: VastErrorCode | null;
};
