import { ERROR_CODES, type VastErrorCode } from '../vast/error-code.ts';
import type { Status } from './status.ts';

/** Who can mend a failure: who runs the host that failed, who put its tag into the hop above, or who runs this service. */
export type Addressee = 'host' | 'above' | 'us';

type FailureRow = {
  readonly status: Exclude<Status, 'resolved' | 'collapsed'>;
  readonly vastError: VastErrorCode;
  /** What happened, as a clause. */
  readonly title: string;
  /** May `onTimeout=collapse` turn it into a shorter Wrapper? */
  readonly collapsible?: true;
  /**
   * Is it the fault of whoever answers under that URL, so that the table of hosts counts it, and all who asked for the
   * same are told of it? What of it says something of the host, whatever is asked for, is known to hosts/observation.ts.
   */
  readonly hostsFault?: true;
  /** Are no Error URLs fired, since it was our own limit that ended the branch? */
  readonly unfired?: true;
  /** Why it matters and what to do: the rule `chain/…`. Missing where rules of the topic document tell of it. */
  readonly why?: string;
  readonly fix?: string;
  /** Who can mend it; the host where nothing is said. */
  readonly whom?: Addressee;
  /** What to tell them: an imperative sentence. */
  readonly tell: string;
};

const table = <Reason extends string>(rows: Readonly<Record<Reason, FailureRow>>): typeof rows => rows;

/**
 * Every way in which a branch of a chain can end without an ad, by a stable word: it stands in the answer's `reason`,
 * in a hop's `error` and in a span's `error.type`.
 */
export const FAILURES = table({
  'not-xml': {
    status: 'invalid',
    vastError: ERROR_CODES.xmlParsing,
    title: 'the document is not well-formed XML, or was refused as hostile',
    tell: 'Send well-formed XML.',
  },
  'not-vast': {
    status: 'invalid',
    vastError: ERROR_CODES.schemaValidation,
    title: 'the document is XML but not VAST',
    tell: 'Answer with a VAST document; this is something else.',
  },
  'broken-ad': {
    status: 'invalid',
    vastError: ERROR_CODES.schemaValidation,
    title: 'the ad is neither a usable InLine nor a usable Wrapper',
    tell: 'Give each Ad an InLine, or a Wrapper with a VASTAdTagURI.',
  },
  version: {
    status: 'invalid',
    vastError: ERROR_CODES.versionNotSupported,
    title: 'the version of VAST is not supported',
    tell: 'Serve VAST 2.0 to 4.3.',
  },
  'uri-invalid': {
    status: 'invalid',
    vastError: ERROR_CODES.wrapper,
    title: 'the ad tag URI is empty or cannot be parsed',
    why: 'Without the next document there is no ad.',
    fix: 'Write an absolute http(s) URL into VASTAdTagURI.',
    whom: 'above',
    tell: 'Correct the ad tag URI: it is empty or cannot be parsed.',
  },
  'egress-blocked': {
    status: 'blocked',
    vastError: ERROR_CODES.wrapper,
    title: 'the egress guard refused the address',
    why: 'Private addresses, odd ports and schemes are not asked, so that nobody reaches into our network by an ad.',
    fix: 'Serve the document from a public host on a usual port, or allow the host in the settings.',
    whom: 'above',
    tell: 'Use a public http(s) address. If it is meant to be private, name it in EGRESS_ALLOW.',
  },
  loop: {
    status: 'too_deep',
    vastError: ERROR_CODES.wrapper,
    title: 'the chain leads back to an ad tag URI that it came from',
    why: 'The chain would go on for ever and end without an ad.',
    fix: 'Find which of the partners sends the request back, and break the circle there.',
    whom: 'above',
    tell: 'Break the loop: the tag leads back to one that the chain came from.',
  },
  'too-deep': {
    status: 'too_deep',
    vastError: ERROR_CODES.wrapperLimit,
    title: 'there are more wrappers than allowed',
    why: 'Players follow five wrappers; each of them costs a round trip and viewers.',
    fix: 'Leave resellers out, or unwrap on the server.',
    whom: 'above',
    tell: 'Shorten the chain: each reseller on the way adds a wrapper.',
  },
  'fetch-limit': {
    status: 'too_deep',
    vastError: ERROR_CODES.wrapperLimit,
    title: 'the tag needed more fetches than allowed',
    unfired: true,
    why: 'A pod of long chains would ask many servers for one break.',
    fix: 'Send shorter chains, or fewer ads.',
    whom: 'above',
    tell: 'Ask for fewer documents: the tag branches too often.',
  },
  'no-ad': {
    status: 'no_ad',
    vastError: ERROR_CODES.noAd,
    title: 'the chain ended without an ad',
    why: 'The impression was sold and stays empty.',
    fix: 'Ask the last server of the chain why it had no ad.',
    tell: 'Nothing is broken: it had no ad for this request. Ask why, if you expected one.',
  },
  'no-media': {
    status: 'no_ad',
    vastError: ERROR_CODES.mediaNotFound,
    title: 'the ad has no file that could be played',
    tell: 'Put a MediaFile with a URL into the Linear: there is nothing to play.',
  },
  'no-creative': {
    status: 'no_ad',
    vastError: ERROR_CODES.noAd,
    title: 'the ad holds nothing that could be shown',
    tell: 'Put a Creative into the ad that can be shown, or answer without an ad.',
  },
  refused: {
    status: 'rejected',
    vastError: ERROR_CODES.trafficking,
    title: 'the ad was passed over for one that fits',
    why: 'An ad of the answer was paid for by nobody, since the next one that fits took its place.',
    fix: 'Answer with ads that the imp takes.',
    tell: 'Answer with ads that the imp takes.',
  },
  repeated: {
    status: 'rejected',
    vastError: ERROR_CODES.trafficking,
    title: 'the ad repeats another one of its pod',
    why: 'Viewers who see the same advertiser twice in a break are annoyed, and publishers sell breaks without that.',
    fix: 'Fill the slots of a pod with different ads, or answer with spare ones beside it.',
    tell: 'Fill the slots with different ads: the imp wants no two alike.',
  },
  'category-blocked': {
    status: 'rejected',
    vastError: ERROR_CODES.categoryBlocked,
    title: 'a wrapper blocks the category of the ad',
    why: 'A wrapper of the chain does not want to stand above an ad of that category.',
    fix: 'Keep the ad out of chains with this wrapper.',
    tell: 'Serve another category: a wrapper above blocks this one.',
  },
  timeout: {
    status: 'timeout',
    vastError: ERROR_CODES.wrapperTimeout,
    title: 'the deadline passed',
    collapsible: true,
    hostsFault: true,
    why: 'The viewer sees nothing, and the server has counted a request.',
    fix: 'Look at which hop took the time; give it less to do, or leave it out.',
    tell: 'Answer faster: the deadline passed while it was waited for.',
  },
  cancelled: {
    status: 'timeout',
    vastError: ERROR_CODES.wrapperTimeout,
    title: 'nobody waits for the reply any more',
    unfired: true,
    why: 'The caller hung up, or an answer was found elsewhere in the meantime.',
    fix: 'Nothing, where that was wanted; else let the caller wait longer.',
    whom: 'us',
    tell: 'Run it again: the request was given up before the reply came.',
  },
  hopeless: {
    status: 'timeout',
    vastError: ERROR_CODES.wrapperTimeout,
    title: 'the host was never as fast as the time left',
    collapsible: true,
    why: 'Asking would have cost the server a request and brought no ad in time.',
    fix: 'Give the chain more time, or leave the slow host out.',
    tell: 'Answer faster: it has not once been as fast as the time that was left.',
  },
  dns: {
    status: 'unreachable',
    vastError: ERROR_CODES.wrapperTimeout,
    title: 'the host name could not be resolved',
    collapsible: true,
    hostsFault: true,
    why: 'No player can reach the host.',
    fix: 'Check the host name and its records.',
    whom: 'above',
    tell: 'Check the host name: it could not be resolved.',
  },
  connect: {
    status: 'unreachable',
    vastError: ERROR_CODES.wrapperTimeout,
    title: 'no connection could be made',
    collapsible: true,
    hostsFault: true,
    why: 'No player can reach the host.',
    fix: 'Look at the server of this host, and at the line between.',
    tell: 'Accept connections: none could be made.',
  },
  tls: {
    status: 'unreachable',
    vastError: ERROR_CODES.wrapperTimeout,
    title: 'the TLS handshake failed',
    collapsible: true,
    hostsFault: true,
    why: 'Players refuse to talk to a server that they cannot trust.',
    fix: 'Check the certificate and its chain.',
    tell: 'Mend TLS: the handshake failed. Look at the certificate and its chain first.',
  },
  reset: {
    status: 'unreachable',
    vastError: ERROR_CODES.wrapperTimeout,
    title: 'the connection broke before the reply was complete',
    collapsible: true,
    hostsFault: true,
    why: 'The document did not come in full.',
    fix: 'Look at the server of this host, and at the line between.',
    tell: 'Find out why the connection breaks before the reply is complete.',
  },
  'http-protocol': {
    status: 'unreachable',
    vastError: ERROR_CODES.wrapperTimeout,
    title: 'the reply was not valid HTTP',
    collapsible: true,
    hostsFault: true,
    why: 'What came cannot be read.',
    fix: 'Look at the server of this host, and at the line between.',
    tell: 'Answer in valid HTTP.',
  },
  'http-status': {
    status: 'unreachable',
    vastError: ERROR_CODES.wrapperTimeout,
    title: 'the reply had an HTTP status that is no document',
    collapsible: true,
    hostsFault: true,
    why: 'Players take every status but 200 and 204 for a fault.',
    fix: 'Ask the operator of the host.',
    tell: 'Answer 200 with a document, or 204 where there is no ad.',
  },
  redirects: {
    status: 'unreachable',
    vastError: ERROR_CODES.wrapperTimeout,
    title: 'there were more redirects than allowed',
    collapsible: true,
    hostsFault: true,
    why: 'Each redirect is a round trip that the viewer waits for.',
    fix: 'Answer with the document, or name its final URL.',
    tell: 'Redirect less often: three in a row are followed.',
  },
  'too-large': {
    status: 'unreachable',
    vastError: ERROR_CODES.wrapperTimeout,
    title: 'the reply was over the size limit',
    collapsible: true,
    hostsFault: true,
    why: 'A document of that size is a mistake, or hostile.',
    fix: 'Send less; scripts and images belong on a server of their own.',
    tell: 'Send a smaller reply.',
  },
  'content-coding': {
    status: 'unreachable',
    vastError: ERROR_CODES.wrapperTimeout,
    title: 'the reply had a content coding that is not accepted',
    collapsible: true,
    hostsFault: true,
    why: 'What came cannot be decoded.',
    fix: 'Send gzip or plain bytes.',
    tell: 'Send gzip or nothing: no other content coding was asked for.',
  },
  'breaker-open': {
    status: 'unreachable',
    vastError: ERROR_CODES.wrapperTimeout,
    title: 'the host failed too often and is left alone',
    collapsible: true,
    why: 'The host failed again and again; asking it would cost time that other hops need.',
    fix: 'Look at the server of this host, and at the line between.',
    tell: 'Become stable: it failed so often that it is left alone for a while.',
  },
  busy: {
    status: 'unreachable',
    vastError: ERROR_CODES.wrapperTimeout,
    title: 'too many requests are under way already',
    collapsible: true,
    unfired: true,
    why: 'A limit of our own keeps one slow host from holding all connections.',
    fix: 'Add capacity, or look at which host is slow.',
    whom: 'us',
    tell: 'Give this service more room: too many requests were under way.',
  },
  memory: {
    status: 'shed',
    vastError: ERROR_CODES.wrapperTimeout,
    title: 'the documents under way took all the memory that there is for them',
    collapsible: true,
    unfired: true,
    why: 'Nothing is wrong with the tag: we had no room to read the document, and the server has counted a request.',
    fix: 'Give the service more memory, or send fewer bids of large documents in one request.',
    whom: 'us',
    tell: 'Give this service more memory: documents under way took all that there is for them.',
  },
  'not-asked': {
    status: 'unreachable',
    vastError: ERROR_CODES.wrapperTimeout,
    title: 'the host is not to be asked for a viewer without consent',
    collapsible: true,
    unfired: true,
    why: 'The rules of the operator keep the host from hearing of children, and of viewers who did not consent.',
    fix: 'Send the consent that there is, or let the rule of the host ask without.',
    whom: 'us',
    tell: 'Send the consent that there is: EGRESS_RULES keep the host from viewers without.',
  },
});

export type FailureReason = keyof typeof FAILURES;

/** An expected failure: a value, never thrown. */
export type Failure = {
  readonly reason: FailureReason;
  /** What was wrong and where, for people. No URL in full, no document. */
  readonly message: string;
  /** In place of the code of the reason, where the one finding behind it knows better; null where none is to be fired. */
  readonly vastError?: VastErrorCode | null;
};
