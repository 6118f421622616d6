import type { Settled } from '../../../chain/step.ts';
import { iconsOf } from '../../../vast/ad-media.ts';
import { linearsOf, verificationsOf } from '../../../vast/creative.ts';
import { type Element, children, descendants } from '../../../vast/element.ts';
import { allDiffer } from '../../all-differ.ts';
import { defineRules } from '../../define-rules.ts';
import type { ChainProblem, ChainRule } from '../../rule.ts';

type Body = { readonly body: Element; readonly hop: number; readonly text: string };

/** The bodies of an ad's chain with their hops, the InLine first, then the wrapper closest to it. */
function bodiesOf({ inline, hop, branch, document }: Settled): readonly Body[] {
  const wrappers = branch.map((link) => ({ body: link.wrapper.body, hop: link.hop, text: link.document.text }));
  return [{ body: inline.body, hop, text: document.text }, ...wrappers.reverse()];
}

/** An element, and what it says. */
type Said = { readonly element: Element; readonly key: string; readonly hop: number };
const NOTHING: readonly Said[] = [];

/**
 * A check for elements of outer hops that say the same as one of an inner hop. Only documents within the limit of
 * `checkedHops` are looked at, and those alone in whose text the `name` stands.
 */
const again =
  (
    name: string,
    find: (body: Element) => readonly Element[],
    keyOf: (element: Element) => string,
    say: (key: string) => string,
  ): ChainRule['check'] =>
  ({ settled, checked }) => {
    const saidIn = (body: Element, hop: number): readonly Said[] =>
      find(body).map((element) => ({ element, key: keyOf(element), hop }));
    const hops = new Set(checked().map(({ hop }) => hop));
    const problems: ChainProblem[] = [];
    // The slots of a pod share the wrappers above them, whose elements are read and told of once.
    const known = new Map<Element, readonly Said[]>();
    const reported = new Set<Element>();
    for (const ad of settled) {
      const said: Said[] = [];
      for (const { body, hop, text } of bodiesOf(ad)) {
        if (!hops.has(hop)) continue;
        const ofBody = known.get(body) ?? (text.includes(name) ? saidIn(body, hop) : NOTHING);
        known.set(body, ofBody);
        for (const each of ofBody) said.push(each);
      }
      if (allDiffer(said.map(({ key }) => key))) continue;
      const seen = new Map<string, number>();
      for (const { element, key, hop } of said) {
        const first = seen.get(key);
        if (key !== '' && first === undefined) seen.set(key, hop);
        if (first === undefined || first === hop || reported.has(element)) continue;
        reported.add(element);
        problems.push({ hop, element, message: `${say(key)} at hop ${first} too` });
      }
    }
    return problems;
  };

/** Does an outer hop bring what an inner one brings too? */
export const CHAIN_REPEATED_RULES = defineRules({ looksAt: 'chain', of: 'pairs' }, [
  {
    id: 'chain/click-through-overridden',
    severity: 'info',
    title: 'A Wrapper has a ClickThrough that the ad has too',
    why: 'The one closest to the ad is used; the others lead nobody anywhere.',
    fix: 'Track clicks with ClickTracking.',
    spec: 'VAST 4.3, 3.10.1',
    check: again(
      'ClickThrough',
      (body) => linearsOf(body).flatMap((linear) => descendants(linear, 'VideoClicks', 'ClickThrough')),
      () => 'ClickThrough',
      (name) => `${name} stands`,
    ),
  },
  {
    id: 'chain/icon-overridden',
    severity: 'info',
    title: 'Two hops have an Icon of the same program',
    why: 'The one closest to the ad is shown, the other is not.',
    fix: 'Leave it to one partner of the chain.',
    spec: 'VAST 4.3, 2.3.7',
    check: again(
      'Icon',
      iconsOf,
      ({ attributes }) => attributes.get('program')?.toLowerCase() ?? '',
      (program) => `an icon of ${program} stands`,
    ),
  },
  {
    id: 'chain/vendor-repeated',
    severity: 'warning',
    title: 'Two hops bring the same verification vendor',
    why: 'It measures every impression twice.',
    fix: 'Leave it to one partner of the chain.',
    spec: 'VAST 4.3, 2.4.2',
    check: again(
      'Verification',
      verificationsOf,
      ({ attributes }) => attributes.get('vendor')?.trim() ?? '',
      (vendor) => `${vendor} stands`,
    ),
  },
  {
    id: 'chain/impression-repeated',
    severity: 'warning',
    title: 'Two hops bring the same Impression',
    why: 'Every impression is counted double.',
    fix: 'Let each partner bring a URL of its own.',
    spec: 'VAST 4.3, 3.4.4',
    check: again(
      'Impression',
      (body) => children(body, 'Impression'),
      ({ text }) => (text === 'about:blank' ? '' : text),
      () => 'the same URL stands',
    ),
  },
]);
