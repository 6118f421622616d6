import type { Settled } from '../../chain/step.ts';
import { iconsOf } from '../../vast/ad-media.ts';
import { linearsOf, verificationsOf } from '../../vast/creative.ts';
import { children, descendants, type Element } from '../../vast/element.ts';
import type { Pair } from '../chain-subject.ts';
import type { ChainProblem, ChainRule } from '../rule.ts';
import { listOf } from '../slot-check.ts';
import type { HopSubject } from '../subject.ts';

/** So many wrappers cost more viewers than they bring. */
const MANY_WRAPPERS = 3;
/** A hop that takes more than this share of the deadline is slow. */
const SLOW_SHARE = 0.5;
const XML_TYPE = /^\s*(application|text)\/([a-z0-9.+-]*\+)?xml\b/i;

const ofPairs =
  (check: (pair: Pair) => Omit<ChainProblem, 'hop'> | null): ChainRule['check'] =>
  ({ pairs }) =>
    pairs.flatMap((pair) => {
      const problem = check(pair);
      return problem === null ? [] : [{ ...problem, hop: pair.nextHop }];
    });

/** The bodies of an ad's chain with their hops, the InLine first, then the wrapper closest to it. */
function bodiesOf({ inline, hop, branch }: Settled): readonly { readonly body: Element; readonly hop: number }[] {
  return [{ body: inline.body, hop }, ...branch.map((link) => ({ body: link.wrapper.body, hop: link.hop })).reverse()];
}

/** An element, and what it says. */
type Said = readonly { readonly element: Element; readonly key: string }[];

/** Elements of outer hops that say the same as one of an inner hop, in the documents that are looked at. */
const again =
  (
    find: (body: Element) => readonly Element[],
    keyOf: (element: Element) => string,
    say: (key: string) => string,
  ): ChainRule['check'] =>
  ({ settled, checked }) => {
    const hops = new Set(checked.map(({ hop }) => hop));
    const problems: ChainProblem[] = [];
    // The slots of a pod share the wrappers above them, whose elements are read and told of once.
    const known = new Map<Element, Said>();
    const told = new Set<Element>();
    for (const ad of settled) {
      const seen = new Map<string, number>();
      for (const { body, hop } of bodiesOf(ad)) {
        if (!hops.has(hop)) continue;
        const said = known.get(body) ?? find(body).map((element) => ({ element, key: keyOf(element) }));
        known.set(body, said);
        for (const { element, key } of said) {
          const first = seen.get(key);
          if (key !== '' && first === undefined) seen.set(key, hop);
          if (first === undefined || first === hop || told.has(element)) continue;
          told.add(element);
          problems.push({ hop, element, message: `${say(key)} at hop ${first} too` });
        }
      }
    }
    return problems;
  };

const rule = (facts: Omit<ChainRule, 'looksAt'>): ChainRule => ({ ...facts, looksAt: 'chain' });

/** Do the documents of the chain go together, and how did they come? */
export const CHAIN_RULES: readonly ChainRule[] = [
  rule({
    id: 'chain/wrappers-ignored',
    severity: 'warning',
    title: 'A Wrapper forbids further wrappers and the reply has some',
    why: 'They are passed over, so the ad that was meant is not shown.',
    fix: 'Answer with an InLine, or let the wrapper allow more.',
    spec: 'VAST 4.3, 3.19',
    check: ofPairs(({ wrapper, next }) => {
      const ignored = next.ads.find(({ body }) => body.name === 'Wrapper');
      return wrapper.followAdditionalWrappers || ignored === undefined
        ? null
        : { element: ignored.element, message: 'followAdditionalWrappers is false above it' };
    }),
  }),
  rule({
    id: 'chain/pod-ignored',
    severity: 'warning',
    title: 'A Wrapper allows one ad and the reply has a pod',
    why: 'None of the ads of the pod is shown.',
    fix: 'Let the wrapper say allowMultipleAds="true", or answer with one ad.',
    spec: 'VAST 4.3, 3.19',
    check: ofPairs(({ wrapper, next }) => {
      const pod = next.ads.filter(({ sequence }) => sequence !== null);
      return wrapper.allowMultipleAds || pod.length < 2
        ? null
        : { element: pod[0]!.element, message: `allowMultipleAds is not true above a pod of ${pod.length} ads` };
    }),
  }),
  rule({
    id: 'chain/ads-ignored',
    severity: 'info',
    title: 'A Wrapper allows one ad and the reply has several',
    why: 'Only the first of them is used.',
    fix: 'Let the wrapper say allowMultipleAds="true", or answer with one ad.',
    spec: 'VAST 4.3, 3.19',
    check: ofPairs(({ wrapper, next }) => {
      const alone = next.ads.filter(({ sequence }) => sequence === null);
      return wrapper.allowMultipleAds || alone.length < 2
        ? null
        : { element: alone[1]!.element, message: `allowMultipleAds is not true above ${alone.length} ads` };
    }),
  }),
  rule({
    id: 'chain/ad-type-differs',
    severity: 'warning',
    title: 'The Wrapper is for another type of ad than the one that came',
    why: 'Its trackers count video for audio, or the other way round.',
    fix: 'Wrap ads of the type that the wrapper says.',
    spec: 'VAST 4.3, 3.3.2',
    check: ({ settled }) =>
      settled.flatMap(({ inline, branch, hop }) => {
        const found = typeOf(inline.element) ?? 'video';
        const wrong = branch
          .map(({ wrapper }) => typeOf(wrapper.element))
          .find((type) => type !== undefined && type !== found);
        return wrong === undefined
          ? []
          : [{ hop, element: inline.element, message: `a wrapper says ${wrong}, the ad is ${found}` }];
      }),
  }),
  rule({
    id: 'chain/not-all-checked',
    severity: 'info',
    title: 'The chain has too many elements to look at them all',
    why: 'A document that is made to cost time would keep other ads waiting, so the rest was not held against the rules.',
    fix: 'Leave out what no player needs, or check the document alone.',
    spec: 'VAST 4.3, 2.3.5.1',
    check: ({ hops, checked }) => {
      const ofChecked = new Set<HopSubject>(checked);
      return hops
        .filter((hop) => hop.document !== null && !ofChecked.has(hop))
        .map(({ hop }) => ({ hop, message: 'the elements of this document were not looked at' }));
    },
  }),
  rule({
    id: 'chain/many-wrappers',
    severity: 'info',
    title: 'The chain has many wrappers',
    why: 'Each is a round trip that a player waits for, and a place where ads get lost.',
    fix: 'Leave resellers out, or unwrap on the server.',
    spec: 'VAST 4.3, 2.3.5.1',
    check: ({ settled }) =>
      settled
        .filter(({ branch }) => branch.length >= MANY_WRAPPERS)
        .map(({ branch }) => ({ hop: null, message: `${branch.length} wrappers above the ad` })),
  }),
  rule({
    id: 'chain/click-through-overridden',
    severity: 'info',
    title: 'A Wrapper has a ClickThrough that the ad has too',
    why: 'The one closest to the ad is used; the others lead nobody anywhere.',
    fix: 'Track clicks with ClickTracking.',
    spec: 'VAST 4.3, 3.10.1',
    check: again(
      (body) => linearsOf(body).flatMap((linear) => descendants(linear, 'VideoClicks', 'ClickThrough')),
      () => 'ClickThrough',
      (name) => `${name} stands`,
    ),
  }),
  rule({
    id: 'chain/icon-overridden',
    severity: 'info',
    title: 'Two hops have an Icon of the same program',
    why: 'The one closest to the ad is shown, the other is not.',
    fix: 'Leave it to one partner of the chain.',
    spec: 'VAST 4.3, 2.3.7',
    check: again(
      iconsOf,
      ({ attributes }) => attributes.get('program')?.toLowerCase() ?? '',
      (program) => `an icon of ${program} stands`,
    ),
  }),
  rule({
    id: 'chain/vendor-repeated',
    severity: 'warning',
    title: 'Two hops bring the same verification vendor',
    why: 'It measures every impression twice.',
    fix: 'Leave it to one partner of the chain.',
    spec: 'VAST 4.3, 2.4.2',
    check: again(
      verificationsOf,
      ({ attributes }) => attributes.get('vendor')?.trim() ?? '',
      (vendor) => `${vendor} stands`,
    ),
  }),
  rule({
    id: 'chain/impression-repeated',
    severity: 'warning',
    title: 'Two hops bring the same Impression',
    why: 'Every impression is counted double.',
    fix: 'Let each partner bring a URL of its own.',
    spec: 'VAST 4.3, 3.4.4',
    check: again(
      (body) => children(body, 'Impression'),
      ({ text }) => (text === 'about:blank' ? '' : text),
      () => 'the same URL stands',
    ),
  }),
  rule({
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
  }),
  rule({
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
  }),
  rule({
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
  }),
  rule({
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
  }),
];

const typeOf = ({ attributes }: Element): string | undefined => attributes.get('adType')?.trim().toLowerCase();
