import { FAILURES, type FailureReason } from '../../chain/failure.ts';
import type { ChainRule } from '../rule.ts';

/** Failures that the rules of the topic document tell of, at the place where they are. */
type OfDocuments = 'not-xml' | 'not-vast' | 'broken-ad' | 'version' | 'no-media' | 'no-creative';

/** What is nobody's fault. */
const OUR_OWN: readonly FailureReason[] = ['no-ad', 'cancelled', 'refused', 'repeated', 'not-asked'];

const SERVER = 'Look at the server of this host, and at the line between.';

/** Why a way to fail matters, and what to do about it; what happened is said where the failures are listed. */
const ADVICE: Readonly<Record<Exclude<FailureReason, OfDocuments>, { readonly why: string; readonly fix: string }>> = {
  'uri-invalid': {
    why: 'Without the next document there is no ad.',
    fix: 'Write an absolute http(s) URL into VASTAdTagURI.',
  },
  'egress-blocked': {
    why: 'Private addresses, odd ports and schemes are not asked, so that nobody reaches into our network by an ad.',
    fix: 'Serve the document from a public host on a usual port, or allow the host in the settings.',
  },
  loop: {
    why: 'The chain would go on for ever and end without an ad.',
    fix: 'Find which of the partners sends the request back, and break the circle there.',
  },
  'too-deep': {
    why: 'Players follow five wrappers; each of them costs a round trip and viewers.',
    fix: 'Leave resellers out, or unwrap on the server.',
  },
  'fetch-limit': {
    why: 'A pod of long chains would ask many servers for one break.',
    fix: 'Send shorter chains, or fewer ads.',
  },
  'no-ad': {
    why: 'The impression was sold and stays empty.',
    fix: 'Ask the last server of the chain why it had no ad.',
  },
  refused: {
    why: 'An ad of the answer was paid for by nobody, since the next one that fits took its place.',
    fix: 'Answer with ads that the imp takes.',
  },
  repeated: {
    why: 'Viewers who see the same advertiser twice in a break are annoyed, and publishers sell breaks without that.',
    fix: 'Fill the slots of a pod with different ads, or answer with spare ones beside it.',
  },
  'category-blocked': {
    why: 'A wrapper of the chain does not want to stand above an ad of that category.',
    fix: 'Keep the ad out of chains with this wrapper.',
  },
  timeout: {
    why: 'The viewer sees nothing, and the server has counted a request.',
    fix: 'Look at which hop took the time; give it less to do, or leave it out.',
  },
  cancelled: {
    why: 'The caller hung up, or an answer was found elsewhere in the meantime.',
    fix: 'Nothing, where that was wanted; else let the caller wait longer.',
  },
  hopeless: {
    why: 'Asking would have cost the server a request and brought no ad in time.',
    fix: 'Give the chain more time, or leave the slow host out.',
  },
  dns: { why: 'No player can reach the host.', fix: 'Check the host name and its records.' },
  connect: { why: 'No player can reach the host.', fix: SERVER },
  tls: {
    why: 'Players refuse to talk to a server that they cannot trust.',
    fix: 'Check the certificate and its chain.',
  },
  reset: { why: 'The document did not come in full.', fix: SERVER },
  'http-protocol': { why: 'What came cannot be read.', fix: SERVER },
  'http-status': {
    why: 'Players take every status but 200 and 204 for a fault.',
    fix: 'Ask the operator of the host.',
  },
  redirects: {
    why: 'Each redirect is a round trip that the viewer waits for.',
    fix: 'Answer with the document, or name its final URL.',
  },
  'too-large': {
    why: 'A document of that size is a mistake, or hostile.',
    fix: 'Send less; scripts and images belong on a server of their own.',
  },
  'content-coding': { why: 'What came cannot be decoded.', fix: 'Send gzip or plain bytes.' },
  'breaker-open': {
    why: 'The host failed again and again; asking it would cost time that other hops need.',
    fix: SERVER,
  },
  busy: {
    why: 'A limit of our own keeps one slow host from holding all connections.',
    fix: 'Add capacity, or look at which host is slow.',
  },
  memory: {
    why: 'Nothing is wrong with the tag: we had no room to read the document, and the server has counted a request.',
    fix: 'Give the service more memory, or send fewer bids of large documents in one request.',
  },
  'not-asked': {
    why: 'The rules of the operator keep the host from hearing of children, and of viewers who did not consent.',
    fix: 'Send the consent that there is, or let the rule of the host ask without.',
  },
};

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** One rule for each way in which a branch of the chain can end without an ad. */
export const CHAIN_FAILURE_RULES: readonly ChainRule[] = (Object.keys(ADVICE) as (keyof typeof ADVICE)[]).map(
  (reason) => ({
    ...ADVICE[reason],
    id: `chain/${reason}`,
    looksAt: 'chain',
    severity: OUR_OWN.includes(reason) ? 'info' : 'error',
    vastError: FAILURES[reason].vastError,
    ...(reason === 'category-blocked' ? { rejects: true as const } : {}),
    title: sentence(FAILURES[reason].title),
    spec: 'VAST 4.3, 2.3.6.3',
    check: ({ failed }) => failed.filter((each) => each.reason === reason),
  }),
);
