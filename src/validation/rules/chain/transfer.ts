import { defineRules } from '../../define-rules.ts';
import { listOf } from '../../finding.ts';

/** A hop that takes more than this share of the deadline is slow. */
const SLOW_SHARE = 0.5;

const XML_TYPE = /^\s*(application|text)\/([a-z0-9.+-]*\+)?xml\b/i;

/** How were the documents asked for, and how did they come? */
export const CHAIN_TRANSFER_RULES = defineRules({ looksAt: 'chain' }, [
  {
    id: 'chain/unfilled-macro',
    severity: 'warning',
    title: 'A tag was asked for with placeholders that nobody filled',
    why: 'The server gets the name instead of a value: a cache may answer in its place, and reports show the name.',
    fix: 'Write the macros of VAST, such as [CACHEBUSTING], or give values for these in macros.',
    spec: 'VAST 4.3, 6.1',
    check: ({ hops }) =>
      hops.flatMap(({ hop, unfilled = [] }) =>
        unfilled.length === 0 ? [] : [{ hop, message: `unfilled in the URL: ${listOf(unfilled)}` }],
      ),
  },
  {
    id: 'chain/content-type',
    severity: 'info',
    title: 'A document was not sent as XML',
    why: 'Some players refuse to read what does not say that it is XML.',
    fix: 'Send Content-Type: application/xml.',
    spec: 'RFC 7303, 2',
    check: ({ hops }) =>
      hops.flatMap(({ hop, document, transfer }) =>
        transfer === null || document === null || XML_TYPE.test(transfer.contentType ?? '')
          ? []
          : [{ hop, message: `Content-Type is ${transfer.contentType ?? 'missing'}` }],
      ),
  },
  {
    id: 'chain/redirected',
    severity: 'info',
    title: 'A document came after HTTP redirects',
    why: 'Each redirect is a round trip that the viewer waits for.',
    fix: 'Name the final URL in VASTAdTagURI.',
    spec: 'RFC 9110, 15.4',
    check: ({ hops }) =>
      hops.flatMap(({ hop, transfer }) =>
        transfer === null || transfer.redirects === 0
          ? []
          : [{ hop, message: transfer.redirects === 1 ? 'one redirect' : `${transfer.redirects} redirects` }],
      ),
  },
  {
    id: 'chain/slow-hop',
    severity: 'warning',
    title: 'One hop took more than half of the time',
    why: 'What is left is not enough for the others; with a little more the ad is lost.',
    fix: 'Ask the operator of the host why it is slow, or leave it out.',
    spec: 'VAST 4.3, 2.3.5.1',
    check: ({ hops, deadlineMs }) =>
      hops.flatMap(({ hop, transfer }) =>
        transfer === null || deadlineMs === null || transfer.ms <= deadlineMs * SLOW_SHARE
          ? []
          : [{ hop, message: `${transfer.host} took ${Math.round(transfer.ms)} of ${deadlineMs} ms` }],
      ),
  },
]);
