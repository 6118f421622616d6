import type { Element } from '../../../vast/element.ts';
import type { Pair } from '../../chain-subject.ts';
import { defineRules } from '../../define-rules.ts';
import type { ChainProblem, ChainRule } from '../../rule.ts';

const ofPairs =
  (check: (pair: Pair) => Omit<ChainProblem, 'hop'> | null): ChainRule['check'] =>
  ({ pairs }) =>
    pairs.flatMap((pair) => {
      const problem = check(pair);
      return problem === null ? [] : [{ ...problem, hop: pair.nextHop }];
    });

/** Does a Wrapper allow the ads of the document that it leads to? */
export const CHAIN_SELECTION_RULES = defineRules({ looksAt: 'chain', of: 'pairs' }, [
  {
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
  },
  {
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
  },
  {
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
  },
  {
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
  },
]);

const typeOf = ({ attributes }: Element): string | undefined => attributes.get('adType')?.trim().toLowerCase();
