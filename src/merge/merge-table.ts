import type { Element } from '../vast/element.ts';
import { isPortfolio } from '../vast/portfolio.ts';
import { hasUrl } from '../vast/urls-of.ts';
import { addClickThrough, addIcons } from './closest-wins.ts';
import { addCompanions, addCompanionTrackers } from './companions.ts';
import type { PartName } from './parts.ts';
import { addPortfolio } from './portfolio-extension.ts';
import type { Side } from './schema-order.ts';
import {
  container,
  copy,
  elementsAt,
  isFull,
  make,
  recipientOf,
  type Home,
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

type IsWanted = (element: Element, source: Source) => boolean;

const hasText: IsWanted = (element, { document }) => hasUrl(element, document.text);

/** All elements of a part, into the same container of every home that the ad has. */
function toEach(home: Home, containerName: string | null, part: PartName): MergeRow['merge'] {
  return (source, target) => {
    const wanted = wantedOf(part, source, hasText);
    if (wanted.length === 0) return NONE;
    const homes = elementsAt(target, home, source);
    for (const recipient of homes) {
      const into = containerName === null ? recipient : container(target, recipient, containerName, source);
      for (const element of wanted) copy(target, into, source, element, recipient.name);
      if (isFull(target)) return NONE;
    }
    return homes.length > 0 ? NONE : wanted;
  };
}

/** All elements of a part, into the ad itself. */
function toAd(part: PartName, isWanted = hasText): MergeRow['merge'] {
  return (source, target) => {
    for (const element of wantedOf(part, source, isWanted))
      copy(target, recipientOf(target, target.body), source, element);
  };
}

/**
 * All elements of a part, into an element of the ad. Where that is made, it takes over what stood on the wrapper's own: the id
 * of a ViewableImpression.
 */
function toAdWithin(containers: PartName, part: PartName, isWanted = hasText): MergeRow['merge'] {
  return (source, target) => {
    const wanted = wantedOf(part, source, isWanted);
    if (wanted.length === 0) return;
    const around = source.parts[containers].find(({ end }) => end > wanted[0]!.start)!;
    const into = container(target, recipientOf(target, target.body), around.name, source, around);
    for (const element of wanted) copy(target, into, source, element, target.body.name);
  };
}

function wantedOf(part: PartName, source: Source, isWanted: IsWanted): readonly Element[] {
  const all = source.parts[part];
  return all.length === 0 ? all : all.filter((each) => isWanted(each, source));
}

const NONE: readonly Element[] = Object.freeze([]);
const bySide =
  (merges: Readonly<Partial<Record<Side, MergeRow['merge']>>>): MergeRow['merge'] =>
  (source, target) =>
    merges[target.side]?.(source, target);

/** By the schemas of 4.x a NonLinear of a Wrapper holds one click tracking, so each gets a NonLinear of its own. */
function addNonLinearClicks(source: Source, target: Target): void {
  const clicks = wantedOf('nonLinearClicks', source, hasText);
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
    merge: toAd('impressions'),
  },
  { element: 'error', from: 'Error', into: 'InLine', merge: toAd('errors') },
  {
    element: 'viewable-impression',
    from: 'ViewableImpression: Viewable, NotViewable, ViewUndetermined',
    into: "the InLine's one ViewableImpression, which keeps its id",
    merge: toAdWithin('viewableImpressions', 'viewableTrackers'),
  },
  {
    element: 'linear-tracking',
    from: 'Linear TrackingEvents/Tracking',
    into: 'every Linear, with event and offset',
    needs: 'Linear',
    merge: toEach('Linear', 'TrackingEvents', 'linearTracking'),
  },
  {
    element: 'click-tracking',
    from: 'Linear VideoClicks/ClickTracking, CustomClick',
    into: 'every Linear',
    needs: 'Linear',
    merge: toEach('Linear', 'VideoClicks', 'linearClicks'),
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
    merge: toEach('NonLinearAds', 'TrackingEvents', 'nonLinearTracking'),
  },
  {
    element: 'nonlinear-click-tracking',
    from: 'NonLinear/NonLinearClickTracking, NonLinearCustomClick',
    into: 'every NonLinear',
    needs: 'NonLinear',
    merge: bySide({
      InLine: toEach('NonLinear', null, 'nonLinearClicks'),
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
    merge: toAdWithin(
      'extensionLists',
      'extensions',
      (each) => extensionVerifications(each).length === 0 && !isPortfolio(each),
    ),
  },
  {
    element: 'blocked-ad-categories',
    from: 'BlockedAdCategories',
    into: 'nothing: checked against Category; joined where a chain is cut short',
    merge: bySide({ Wrapper: toAd('blockedCategories') }),
  },
];
