import type { Settled } from '../chain/step.ts';
import type { Insertion, Merged } from '../merge/merged.ts';
import { leadOf } from '../merge/placement.ts';
import { splice, type Edit } from '../merge/splice.ts';
import { listTrackers } from '../merge/tracker-list.ts';
import type { Tracker } from '../merge/tracker.ts';
import type { MediaVerdict } from '../validation/media-verdict.ts';
import type { InLine } from '../vast/ad.ts';
import { readMediaFile } from '../vast/creative.ts';
import { readDocument } from '../vast/document.ts';
import { children, type Element } from '../vast/element.ts';
import { urlsOf } from '../vast/urls-of.ts';
import { judgeAds, type AdFacts, type AdVerdict, type SkipReason, type TimeLimits } from './ad-verdict.ts';
import { misfitOf, type Misfit } from './misfit.ts';
import type { Profile } from './profile.ts';
import { trackerCost, type TrackerCost } from './tracker-cost.ts';

/** Something that was taken out of the document for a device. */
export type Removed = {
  readonly kind: 'media-file' | 'interactive-file' | 'tracker';
  readonly reason: Misfit | 'duplicate';
  /** Of a tracker. */
  readonly event: string | null;
  readonly url: string;
  /** Position in the result's `hops` of the document that it came from. */
  readonly hop: number;
};

/** What a device can use of a result, and what was taken out for it. */
export type Projection = {
  /** Can it use any of the ads? */
  readonly usable: boolean;
  /** Why not: of the first ad. */
  readonly skipReason: SkipReason | null;
  readonly ads: readonly AdVerdict[];
  readonly removed: readonly Removed[];
  readonly trackers: TrackerCost;
};

/** The result of a merge as a device is given it. */
export type Projected = { readonly projection: Projection; readonly merged: Merged };

/**
 * Holds the result of a merge against a device. With `project` the document is written for it: files that it cannot use
 * leave where another of the same MediaFiles can be used, and trackers that stand there a second time for the same event.
 * `settled` and `summaries` are its ads, in their order. Null where wrappers brought more than is read of one document.
 */
export function project(
  merged: Merged,
  settled: readonly Settled[],
  summaries: readonly AdFacts[],
  media: readonly MediaVerdict[],
  profile: Profile,
  options: { readonly project: boolean; readonly limits?: TimeLimits },
): Projected | null {
  const read = readDocument(merged.adm);
  if (!read.ok) return null;
  const bodies = inOrder(
    read.document.ads.filter((ad): ad is InLine => ad.kind === 'inline'),
    settled.length > 1,
  );
  const ads = bodies.map(({ body }, index) => ({ body, hop: settled[index]!.hop, summary: summaries[index]! }));
  const hopAt = createHopAt(merged.insertions);
  const trackers = ads.map(({ body, hop }) =>
    listTrackers(body, hop)
      .filter(({ event }) => event !== 'linear.clickThrough')
      .map((each) => ({ ...each, hop: hopAt(each.element) ?? hop })),
  );
  const repeated = ads.flatMap(({ body }, index) => repeatedTrackers(body, trackers[index]!));
  const verdicts = new Map(media.map((each) => [each.url, each]));
  const files = ads.flatMap(({ body, hop }) =>
    unusedFiles(body, profile, verdicts).map((each) => ({ ...each, hop: hopAt(each.element) ?? hop })),
  );
  const taken: readonly (Removed & { readonly element: Element })[] = options.project
    ? [...files, ...repeated.map((each) => ({ ...each, kind: 'tracker' as const, reason: 'duplicate' as const }))]
    : [];
  const judged = judgeAds(ads, profile, media, options.limits);
  const usable = judged.some((each) => each.usable);
  return {
    projection: {
      usable,
      skipReason: usable ? null : (judged[0]?.skipReason ?? 'unknown-creative'),
      ads: judged,
      removed: taken.map(({ kind, reason, event, url, hop }) => ({ kind, reason, event, url, hop })),
      trackers: trackerCost(trackers.flat(), repeated, profile),
    },
    merged: taken.length === 0 ? merged : without(merged, taken),
  };
}

/** The ads of a result in the order in which they are played. */
function inOrder(ads: readonly InLine[], pod: boolean): readonly InLine[] {
  return pod ? ads.toSorted((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0)) : ads.slice(0, 1);
}

/** Finds the hop that an element of the result was merged from; null for what is the ad's own. */
function createHopAt(insertions: readonly Insertion[]): (element: Element) => number | null {
  return ({ start }) => {
    let [low, high] = [0, insertions.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (insertions[middle]!.end <= start) low = middle + 1;
      else high = middle;
    }
    const found = insertions[low];
    return found !== undefined && found.start <= start ? found.hop : null;
  };
}

/** Elements whose trackers are fired for themselves: the same URL in two of them is fired twice for good reason. */
const OWNERS: ReadonlySet<string> = new Set([
  'Linear',
  'NonLinearAds',
  'NonLinear',
  'Companion',
  'Verification',
  'Icon',
  'Extension',
]);

/** Trackers that stand in one home a second time, for the same event at the same time. */
function repeatedTrackers(body: Element, trackers: readonly Tracker[]): readonly Tracker[] {
  const homes = new Map<Element, number>();
  let count = 0;
  const walk = (element: Element, home: number): void => {
    homes.set(element, home);
    for (const each of element.children) walk(each, OWNERS.has(each.name) ? (count += 1) : home);
  };
  walk(body, 0);
  const seen = new Set<string>();
  return trackers.filter(({ element, event, offset, url }) => {
    const key = JSON.stringify([homes.get(element), event, offset, url]);
    if (!seen.has(key)) return (seen.add(key), false);
    return urlsOf(element).length === 1;
  });
}

type UnusedFile = Omit<Removed, 'hop'> & { readonly element: Element };

/** Files that the device cannot use, where it can use another one of the same place. */
function unusedFiles(
  body: Element,
  profile: Profile,
  verdicts: ReadonlyMap<string, MediaVerdict>,
): readonly UnusedFile[] {
  const found: UnusedFile[] = [];
  const reasonOf = (element: Element): Misfit | null => {
    const file = readMediaFile(element);
    return misfitOf(file, profile, verdicts.get(file.url));
  };
  const visit = (element: Element): void => {
    if (element.name !== 'MediaFiles') return element.children.forEach(visit);
    const media = children(element, 'MediaFile').map((each) => ({ element: each, reason: reasonOf(each) }));
    if (media.every(({ reason }) => reason !== null)) return;
    const interactive = children(element, 'InteractiveCreativeFile')
      .map((each) => ({ element: each, reason: reasonOf(each) }))
      .filter(({ reason }) => reason !== 'no-url' && reason !== 'type');
    const push = (kind: UnusedFile['kind'], list: readonly { element: Element; reason: Misfit | null }[]): void => {
      for (const { element: each, reason } of list)
        if (reason !== null) found.push({ kind, reason, event: null, url: urlsOf(each)[0] ?? '', element: each });
    };
    push('media-file', media);
    push('interactive-file', interactive);
  };
  visit(body);
  return found;
}

/** The result without some of its elements; what was merged is told by its new places. */
function without(
  { adm, insertions, findings, trackers }: Merged,
  removed: readonly (Removed & { element: Element })[],
): Merged {
  const edits = removed
    .map(({ element, hop }): Edit => ({
      start: element.start - leadOf(adm, element).length,
      end: element.end,
      text: '',
      hop,
    }))
    .sort((a, b) => a.start - b.start);
  const left = (): readonly Tracker[] => {
    const gone = new Map<string, number>();
    const keyOf = ({ event, url, hop }: Pick<Tracker, 'url' | 'hop'> & { readonly event: string | null }): string =>
      JSON.stringify([event, url, hop]);
    for (const each of removed) if (each.kind === 'tracker') gone.set(keyOf(each), (gone.get(keyOf(each)) ?? 0) + 1);
    return trackers()
      .toReversed()
      .filter((each) => {
        const count = gone.get(keyOf(each)) ?? 0;
        if (count > 0) gone.set(keyOf(each), count - 1);
        return count === 0;
      })
      .toReversed();
  };
  return { adm: splice(adm, edits).text, insertions: shifted(insertions, edits), findings, trackers: left };
}

/** Where stretches of a text lie once others, sorted, are taken out of it. */
function shifted(insertions: readonly Insertion[], gone: readonly Edit[]): readonly Insertion[] {
  let at = 0;
  let removed = 0;
  const moved = (offset: number): number => {
    while (at < gone.length && gone[at]!.end <= offset) {
      removed += gone[at]!.end - gone[at]!.start;
      at += 1;
    }
    const next = gone[at];
    return next !== undefined && next.start < offset ? next.start - removed : offset - removed;
  };
  return insertions
    .map(({ start, end, hop }) => ({ start: moved(start), end: moved(end), hop }))
    .filter(({ start, end }) => end > start);
}
