import { descendants, type Element } from '../vast/element.ts';
import { isPortfolio } from '../vast/portfolio.ts';
import { urlsOf } from '../vast/urls-of.ts';
import { addClickThrough, addIcons } from './closest-wins.ts';
import { addCompanions, addCompanionTrackers } from './companions.ts';
import { addPortfolio } from './portfolio-extension.ts';
import type { Side } from './schema-order.ts';
import {
  container,
  copy,
  TRACKER_PATHS,
  elementsAt,
  isFull,
  make,
  type TrackerPath,
  type Source,
  type Target,
} from './target.ts';
import { addVerifications, extensionVerifications } from './verifications.ts';

/** One element of a Wrapper and where it goes: docs/vast-support.md is made from these rows. */
export type MergeRow = {
  /** Its folder in samples/merge. */
  readonly element: string;
  /** What is taken from a Wrapper. */
  readonly from: string;
  /** Where it goes. */
  readonly into: string;
  /** The element that the ad must have for it; absent where the ad itself is enough. */
  readonly needs?: string;
  /** Merges that of one wrapper; returns the trackers that found nothing to belong to. */
  readonly merge: (source: Source, target: Target) => readonly Element[] | void;
};

/** All elements of these names, below `containers` of their home, into the same place of every home that the ad has. */
function allOf(
  home: TrackerPath,
  containers: readonly string[],
  names: readonly string[],
  isWanted: (element: Element) => boolean,
): MergeRow['merge'] {
  const [containerName] = containers;
  const path = [...TRACKER_PATHS[home], ...containers];
  return (source, target) => {
    const parents = descendants(source.wrapper.body, ...path);
    const isOurs = (each: Element): boolean => names.includes(each.name) && isWanted(each);
    const wanted = parents.flatMap(({ children }) => children.filter(isOurs));
    if (wanted.length === 0) return wanted;
    // A container that is made takes over what stood on the wrapper's own: the id of a ViewableImpression.
    const like = home === 'body' ? parents.find(({ children }) => children.some(isOurs)) : undefined;
    const homes = elementsAt(target, home, source);
    for (const recipient of homes) {
      const into = containerName === undefined ? recipient : container(target, recipient, containerName, source, like);
      for (const element of wanted) copy(target, into, source, element, recipient.name);
      if (isFull(target)) return [];
    }
    return homes.length > 0 ? [] : wanted;
  };
}

const hasText = (element: Element): boolean => urlsOf(element).length > 0;
const bySide =
  (merges: Readonly<Partial<Record<Side, MergeRow['merge']>>>): MergeRow['merge'] =>
  (source, target) =>
    merges[target.side]?.(source, target);

const NON_LINEAR_CLICKS: readonly string[] = ['NonLinearClickTracking', 'NonLinearCustomClick'];

/** By the schemas of 4.x a NonLinear of a Wrapper holds one click tracking, so each gets a NonLinear of its own. */
function addNonLinearClicks(source: Source, target: Target): void {
  const clicks = descendants(source.wrapper.body, ...TRACKER_PATHS.NonLinear).flatMap(({ children }) =>
    children.filter((each) => NON_LINEAR_CLICKS.includes(each.name) && hasText(each)),
  );
  const [nonLinearAds] = clicks.length === 0 ? [] : elementsAt(target, 'NonLinearAds', source);
  for (const click of clicks)
    if (!isFull(target)) copy(target, make(target, nonLinearAds!, 'NonLinear', source), source, click);
}

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
    needs: 'Linear',
    merge: allOf('Linear', ['TrackingEvents'], ['Tracking'], hasText),
  },
  {
    element: 'click-tracking',
    from: 'Linear VideoClicks/ClickTracking, CustomClick',
    into: 'every Linear',
    needs: 'Linear',
    merge: allOf('Linear', ['VideoClicks'], ['ClickTracking', 'CustomClick'], hasText),
  },
  {
    element: 'click-through',
    from: 'Linear VideoClicks/ClickThrough',
    into: 'every Linear that has none: that of the closest wrapper',
    needs: 'Linear',
    merge: addClickThrough,
  },
  {
    element: 'icon',
    from: 'Linear Icons/Icon',
    into: 'every Linear; of one program at two hops, the closest to the InLine',
    needs: 'Linear',
    merge: addIcons('Linear'),
  },
  {
    element: 'nonlinear-tracking',
    from: 'NonLinearAds/TrackingEvents/Tracking',
    into: 'every NonLinearAds',
    needs: 'NonLinearAds',
    merge: allOf('NonLinearAds', ['TrackingEvents'], ['Tracking'], hasText),
  },
  {
    element: 'nonlinear-click-tracking',
    from: 'NonLinear/NonLinearClickTracking, NonLinearCustomClick',
    into: 'every NonLinear',
    needs: 'NonLinear',
    merge: bySide({
      InLine: allOf('NonLinear', [], NON_LINEAR_CLICKS, hasText),
      Wrapper: addNonLinearClicks,
    }),
  },
  {
    element: 'nonlinear-icon',
    from: 'NonLinearAds/Icons/Icon',
    into: 'every NonLinearAds; of one program at two hops, the closest to the InLine',
    needs: 'NonLinearAds',
    merge: addIcons('NonLinearAds'),
  },
  {
    element: 'ctv-ad-portfolio',
    from: 'Extension[@type="ctv_ad_portfolio"]: trackers, icons, signals',
    into: "each of the InLine's own, icons and signals from the closest; where it has none, that of the closest wrapper is copied",
    merge: addPortfolio,
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
    needs: 'Companion',
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
    merge: allOf(
      'body',
      ['Extensions'],
      ['Extension'],
      (each) => extensionVerifications(each).length === 0 && !isPortfolio(each),
    ),
  },
  {
    element: 'blocked-ad-categories',
    from: 'BlockedAdCategories',
    into: 'nothing: checked against Category; joined where a chain is cut short',
    merge: bySide({ Wrapper: allOf('body', [], ['BlockedAdCategories'], hasText) }),
  },
];
