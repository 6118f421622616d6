import type { Element } from '../vast/element.ts';

/** Where merging looks in an InLine or Wrapper. `|` stands between names of one kind. */
const PATHS = {
  impressions: 'Impression',
  errors: 'Error',
  blockedCategories: 'BlockedAdCategories',
  viewableImpressions: 'ViewableImpression',
  viewableTrackers: 'ViewableImpression/Viewable|NotViewable|ViewUndetermined',
  linears: 'Creatives/Creative/Linear',
  linearTracking: 'Creatives/Creative/Linear/TrackingEvents/Tracking',
  linearClicks: 'Creatives/Creative/Linear/VideoClicks/ClickTracking|CustomClick',
  clickThroughs: 'Creatives/Creative/Linear/VideoClicks/ClickThrough',
  linearIcons: 'Creatives/Creative/Linear/Icons/Icon',
  nonLinearAds: 'Creatives/Creative/NonLinearAds',
  nonLinearTracking: 'Creatives/Creative/NonLinearAds/TrackingEvents/Tracking',
  nonLinears: 'Creatives/Creative/NonLinearAds/NonLinear',
  nonLinearClicks: 'Creatives/Creative/NonLinearAds/NonLinear/NonLinearClickTracking|NonLinearCustomClick',
  nonLinearIcons: 'Creatives/Creative/NonLinearAds/Icons/Icon',
  companions: 'Creatives/Creative/CompanionAds/Companion',
  verifications: 'AdVerifications/Verification',
  extensionLists: 'Extensions',
  extensions: 'Extensions/Extension',
} as const satisfies Record<string, string>;

export type PartName = keyof typeof PATHS;

/** The elements at each of these places, in document order. */
export type Parts = Readonly<Record<PartName, readonly Element[]>>;

/** A step of the paths: the part that elements of this name are, if they are one, and the steps below. */
type Step = { part: PartName | null; readonly below: Map<string, Step> };

const PART_NAMES = Object.keys(PATHS) as readonly PartName[];
const FIRST_STEP = stepsOfPaths();
const NONE: readonly Element[] = Object.freeze([]);
const NO_PARTS: Parts = Object.freeze(Object.fromEntries(PART_NAMES.map((part) => [part, NONE])) as Parts);

function stepsOfPaths(): Step {
  const first: Step = { part: null, below: new Map() };
  for (const part of PART_NAMES) {
    const parents = PATHS[part].split('/');
    const names = parents.pop()!.split('|');
    const parent = parents.reduce(stepBelow, first);
    for (const name of names) stepBelow(parent, name).part = part;
  }
  return first;
}

function stepBelow({ below }: Step, name: string): Step {
  const step = below.get(name) ?? { part: null, below: new Map<string, Step>() };
  below.set(name, step);
  return step;
}

/** Finds all of them in one walk, which enters nothing that none of them is in. */
export function partsOf(body: Element): Parts {
  const found: Record<PartName, readonly Element[]> = { ...NO_PARTS };
  collect(body, FIRST_STEP.below, found);
  return found;
}

function collect({ children }: Element, steps: Step['below'], found: Record<PartName, readonly Element[]>): void {
  // by index: each step of for-of over a frozen list makes an object
  for (let at = 0; at < children.length; at += 1) {
    const each = children[at]!;
    const step = steps.get(each.name);
    if (step === undefined) continue;
    const { part, below } = step;
    if (part !== null) {
      if (found[part] === NONE) found[part] = [each];
      else (found[part] as Element[]).push(each);
    }
    if (below.size > 0) collect(each, below, found);
  }
}
