import { child, descendants, type Element } from '../vast/element.ts';
import { addCompanions, addCompanionTrackers } from './companions.ts';
import type { Side } from './schema-order.ts';
import { container, copy, HOMES, homesOf, present, type Home, type Source, type Target } from './target.ts';
import { addVerifications, extensionVerifications } from './verifications.ts';

/** One element of a Wrapper and where it goes: docs/vast-support.md is made from these rows. */
export type MergeRow = {
  /** Its folder in samples/merge. */
  readonly element: string;
  /** What is taken from a Wrapper. */
  readonly from: string;
  /** Where it goes. */
  readonly into: string;
  /** Merges that of one wrapper; returns the trackers that found nothing to belong to. */
  readonly merge: (source: Source, target: Target) => readonly Element[] | void;
};

/** Is it left out beside what stands there already? `hop` is null for what the ad has itself. */
type Yields = (
  own: Element,
  source: Source,
  there: { readonly element: Element; readonly hop: number | null },
) => boolean;

/** All elements of these names, below `containers` of their home, into the same place of every home that the ad has. */
function allOf(
  home: Home,
  containers: readonly string[],
  names: readonly string[],
  isWanted: (element: Element, target: Target) => boolean = () => true,
  yields?: Yields,
): MergeRow['merge'] {
  const [containerName] = containers;
  const path = [...HOMES[home], ...containers];
  return (source, target) => {
    const { body } = source.wrapper;
    const wanted = descendants(body, ...path)
      .flatMap(({ children }) => children)
      .filter((each) => names.includes(each.name) && isWanted(each, target));
    if (wanted.length === 0) return [];
    // A container that is made takes over what stood on the wrapper's own: the id of a ViewableImpression.
    const like = home === 'body' && containerName !== undefined ? child(body, containerName) : undefined;
    const merged = wanted.map((element) => {
      const homes = homesOf(target, home, source);
      for (const growth of homes) {
        const into = containerName === undefined ? growth : container(target, growth, containerName, source, like);
        const rivals = yields === undefined ? [] : present(into);
        if (!rivals.some((there) => there.element.name === element.name && yields!(element, source, there))) {
          copy(target, into, source, element, growth.name);
        }
      }
      return homes.length > 0;
    });
    return wanted.filter((_, i) => !merged[i]);
  };
}

const hasText = ({ text }: Element): boolean => text !== '';
const program = ({ attributes }: Element): string => attributes.get('program')?.trim() ?? '';
const only =
  (side: Side, merge: MergeRow['merge']): MergeRow['merge'] =>
  (source, target) =>
    target.side === side ? merge(source, target) : [];

/**
 * Everything that a Wrapper gives to the ad that it leads to [VAST 4.3, 3.19]. The same rows merge a Wrapper into a Wrapper
 * further down, when a chain is cut short.
 */
export const MERGE_TABLE: readonly MergeRow[] = [
  {
    element: 'impression',
    from: 'Impression',
    into: 'InLine, with its id',
    merge: allOf('body', [], ['Impression'], hasText),
  },
  { element: 'error', from: 'Error', into: 'InLine', merge: allOf('body', [], ['Error'], hasText) },
  {
    element: 'viewable-impression',
    from: 'ViewableImpression: Viewable, NotViewable, ViewUndetermined',
    into: "the InLine's one ViewableImpression, which keeps its id",
    merge: allOf('body', ['ViewableImpression'], ['Viewable', 'NotViewable', 'ViewUndetermined'], hasText),
  },
  {
    element: 'linear-tracking',
    from: 'Linear TrackingEvents/Tracking',
    into: 'every Linear, with event and offset',
    merge: allOf('Linear', ['TrackingEvents'], ['Tracking'], hasText),
  },
  {
    element: 'click-tracking',
    from: 'Linear VideoClicks/ClickTracking, CustomClick',
    into: 'every Linear',
    merge: allOf('Linear', ['VideoClicks'], ['ClickTracking', 'CustomClick'], hasText),
  },
  {
    element: 'click-through',
    from: 'Linear VideoClicks/ClickThrough',
    into: 'every Linear that has none: that of the closest wrapper',
    merge: allOf('Linear', ['VideoClicks'], ['ClickThrough'], hasText, () => true),
  },
  {
    element: 'icon',
    from: 'Linear Icons/Icon',
    into: 'every Linear; of one program at two hops, the closest to the InLine',
    merge: allOf(
      'Linear',
      ['Icons'],
      ['Icon'],
      () => true,
      (own, { hop }, there) => there.hop !== hop && program(own) !== '' && program(own) === program(there.element),
    ),
  },
  {
    element: 'nonlinear-tracking',
    from: 'NonLinearAds/TrackingEvents/Tracking',
    into: 'every NonLinearAds',
    merge: allOf('NonLinearAds', ['TrackingEvents'], ['Tracking'], hasText),
  },
  {
    element: 'nonlinear-click-tracking',
    from: 'NonLinear/NonLinearClickTracking',
    into: 'every NonLinear',
    merge: allOf('NonLinear', [], ['NonLinearClickTracking'], hasText),
  },
  {
    element: 'companion',
    from: 'Companion with a resource',
    into: "a further Creative after the InLine's, closest wrapper first",
    merge: addCompanions,
  },
  {
    element: 'companion-tracking',
    from: 'Companion without a resource: CompanionClickTracking, TrackingEvents/Tracking',
    into: "the InLine's companions of the same id, else of the same size, else all",
    merge: addCompanionTrackers,
  },
  {
    element: 'verification',
    from: 'AdVerifications/Verification, Extension[@type="AdVerifications"]',
    into: 'AdVerifications from 4.1 on, before into one Extension[@type="AdVerifications"]',
    merge: addVerifications,
  },
  {
    element: 'extension',
    from: 'Extensions/Extension',
    into: 'Extensions',
    merge: allOf('body', ['Extensions'], ['Extension'], (each) => extensionVerifications(each).length === 0),
  },
  {
    element: 'blocked-ad-categories',
    from: 'BlockedAdCategories',
    into: 'nothing: checked against Category; joined where a chain is cut short',
    merge: only('Wrapper', allOf('body', [], ['BlockedAdCategories'], hasText)),
  },
];
