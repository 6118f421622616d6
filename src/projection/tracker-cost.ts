import type { Tracker } from '../merge/tracker.ts';
import { hostOf } from '../validation/urls.ts';
import type { Profile } from './profile.ts';

/** A tracker by what is fired, where it is named. */
export type NamedTracker = { readonly event: string; readonly url: string; readonly hop: number };

/** What one hop costs a device: its trackers, by event and by the host that they are sent to. */
export type HopCost = {
  readonly hop: number;
  readonly total: number;
  readonly byEvent: Readonly<Record<string, number>>;
  readonly byVendor: Readonly<Record<string, number>>;
};

/** What the trackers of a result cost a device. */
export type TrackerCost = {
  readonly total: number;
  readonly byHop: readonly HopCost[];
  readonly byEvent: Readonly<Record<string, number>>;
  /** How many stand there a second time for the same event. */
  readonly duplicates: number;
  /** Which they are. */
  readonly repeated: readonly NamedTracker[];
  /** Those that are longer than the device can call. */
  readonly tooLong: readonly (NamedTracker & { readonly length: number })[];
  /** Events with more trackers than the device takes. */
  readonly overLimit: readonly { readonly event: string; readonly count: number }[];
};

/** URLs over 2 KB are the complaint of those who stitch, whatever the device takes. */
const LONG_URL = 2048;

/** Counts trackers; `repeated` are those of them that stand there a second time. */
export function trackerCost(
  trackers: readonly Tracker[],
  repeated: readonly Tracker[],
  { maxUrlLength = LONG_URL, maxTrackersPerEvent = Infinity }: Profile,
): TrackerCost {
  const byEvent = countBy(trackers, ({ event }) => event);
  const most = Math.min(maxUrlLength, LONG_URL);
  return {
    total: trackers.length,
    byHop: [...Map.groupBy(trackers, ({ hop }) => hop)]
      .sort(([a], [b]) => a - b)
      .map(([hop, own]) => ({
        hop,
        total: own.length,
        byEvent: recordOf(countBy(own, ({ event }) => event)),
        byVendor: recordOf(countBy(own, ({ url }) => hostOf(url) ?? 'none')),
      })),
    byEvent: recordOf(byEvent),
    duplicates: repeated.length,
    repeated: repeated.map(named),
    tooLong: trackers
      .filter(({ url }) => url.length > most)
      .map((each) => ({ ...named(each), length: each.url.length })),
    overLimit: [...byEvent]
      .filter(([, count]) => count > maxTrackersPerEvent)
      .map(([event, count]) => ({ event, count })),
  };
}

const named = ({ event, url, hop }: Tracker): NamedTracker => ({ event, url, hop });

function countBy(trackers: readonly Tracker[], keyOf: (tracker: Tracker) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const each of trackers) counts.set(keyOf(each), (counts.get(keyOf(each)) ?? 0) + 1);
  return counts;
}

const recordOf = (counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> => Object.fromEntries(counts);
