import type { FailureReason } from '../chain/failure.ts';

/** Who can mend it: who runs the host that failed, who put its tag into the hop above, or who runs this service. */
export type Addressee = 'host' | 'above' | 'us';

export type Advice = {
  readonly whom: Addressee;
  /** What to tell them: an imperative sentence. */
  readonly tell: string;
};

/** What to do about each way in which a chain fails. */
export const ADVICE: Readonly<Record<FailureReason, Advice>> = {
  'not-xml': { whom: 'host', tell: 'Send well-formed XML.' },
  'not-vast': { whom: 'host', tell: 'Answer with a VAST document; this is something else.' },
  'broken-ad': { whom: 'host', tell: 'Give each Ad an InLine, or a Wrapper with a VASTAdTagURI.' },
  version: { whom: 'host', tell: 'Serve VAST 2.0 to 4.3.' },
  'uri-invalid': { whom: 'above', tell: 'Correct the ad tag URI: it is empty or cannot be parsed.' },
  'egress-blocked': {
    whom: 'above',
    tell: 'Use a public http(s) address. If it is meant to be private, name it in EGRESS_ALLOW.',
  },
  loop: { whom: 'above', tell: 'Break the loop: the tag leads back to one that the chain came from.' },
  'too-deep': { whom: 'above', tell: 'Shorten the chain: each reseller on the way adds a wrapper.' },
  'fetch-limit': { whom: 'above', tell: 'Ask for fewer documents: the tag branches too often.' },
  'no-ad': { whom: 'host', tell: 'Nothing is broken: it had no ad for this request. Ask why, if you expected one.' },
  'no-media': { whom: 'host', tell: 'Put a MediaFile with a URL into the Linear: there is nothing to play.' },
  'no-creative': { whom: 'host', tell: 'Put a Creative into the ad that can be shown, or answer without an ad.' },
  refused: { whom: 'host', tell: 'Answer with ads that the imp takes.' },
  repeated: { whom: 'host', tell: 'Fill the slots with different ads: the imp wants no two alike.' },
  'category-blocked': { whom: 'host', tell: 'Serve another category: a wrapper above blocks this one.' },
  timeout: { whom: 'host', tell: 'Answer faster: the deadline passed while it was waited for.' },
  cancelled: { whom: 'us', tell: 'Run it again: the request was given up before the reply came.' },
  hopeless: { whom: 'host', tell: 'Answer faster: it has not once been as fast as the time that was left.' },
  dns: { whom: 'above', tell: 'Check the host name: it could not be resolved.' },
  connect: { whom: 'host', tell: 'Accept connections: none could be made.' },
  tls: { whom: 'host', tell: 'Mend TLS: the handshake failed. Look at the certificate and its chain first.' },
  reset: { whom: 'host', tell: 'Find out why the connection breaks before the reply is complete.' },
  'http-protocol': { whom: 'host', tell: 'Answer in valid HTTP.' },
  'http-status': { whom: 'host', tell: 'Answer 200 with a document, or 204 where there is no ad.' },
  redirects: { whom: 'host', tell: 'Redirect less often: three in a row are followed.' },
  'too-large': { whom: 'host', tell: 'Send a smaller reply.' },
  'content-coding': { whom: 'host', tell: 'Send gzip or nothing: no other content coding was asked for.' },
  'breaker-open': { whom: 'host', tell: 'Become stable: it failed so often that it is left alone for a while.' },
  memory: { whom: 'us', tell: 'Give this service more memory: documents under way took all that there is for them.' },
  busy: { whom: 'us', tell: 'Give this service more room: too many requests were under way.' },
  'not-asked': { whom: 'us', tell: 'Send the consent that there is: EGRESS_RULES keep the host from viewers without.' },
};
