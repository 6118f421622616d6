import type { Tracker } from '../../merge/tracker.ts';
import { listTrackers } from '../../merge/tracker-list.ts';
import { descendants, type Element } from '../../vast/element.ts';
import { parseOffset } from '../../vast/time.ts';

/** What a tracker waits for that no time brings. */
export type Trigger = keyof typeof TRIGGERS;

/** In which case each fires, as people read it. */
export const TRIGGERS = {
  click: 'the viewer clicks the ad',
  overlayClick: 'the viewer clicks the overlay',
  companionClick: 'the viewer clicks a companion',
  iconClick: 'the viewer clicks an icon',
  skip: 'the viewer skips the ad',
  mute: 'the viewer turns the sound off',
  unmute: 'the viewer turns the sound on again',
  pause: 'the viewer pauses',
  resume: 'the viewer plays on',
  rewind: 'the viewer goes back',
  expand: 'the viewer goes to full screen',
  collapse: 'the viewer leaves full screen',
  close: 'the viewer closes it',
  error: 'something goes wrong',
  unseen: 'it was not seen, or nobody can tell',
  script: 'a script runs: none does here',
  never: 'its moment cannot be told',
  other: 'something else happens in the player',
} as const;

/** One tracking URL at the moment in which a player would call it. */
export type Cue = {
  readonly event: string;
  readonly offset: string | null;
  readonly url: string;
  /** Position in the result's `hops`; null where it is not known. */
  readonly hop: number | null;
  /** From the start of the ad, in s; null where a trigger decides, or a share of a duration that nobody said. */
  readonly atSec: number | null;
  /** The part of the ad after which it fires, 0 to 1; null where that is not what it goes by. */
  readonly share: number | null;
  readonly on: Trigger | null;
};

type When = Pick<Cue, 'share' | 'on'> & { readonly afterSec: number | null };

const after = (afterSec: number): When => ({ afterSec, share: null, on: null });
const part = (share: number): When => ({ afterSec: null, share, on: null });
const on = (trigger: Trigger): When => ({ afterSec: null, share: null, on: trigger });

/** Half of the pixels for two seconds are a view [MRC Viewable Ad Impression Measurement Guidelines, 2014]. */
const VIEWABLE_SEC = 2;

/** What a part of an ad tells its trackers of, by the word behind the dot [VAST 4.3, 3.14.1; 3.0, 2.3.1.4]. */
const MOMENTS: Readonly<Record<string, When>> = {
  loaded: after(0),
  creativeView: after(0),
  start: after(0),
  firstQuartile: part(0.25),
  midpoint: part(0.5),
  thirdQuartile: part(0.75),
  complete: part(1),
  mute: on('mute'),
  unmute: on('unmute'),
  pause: on('pause'),
  resume: on('resume'),
  rewind: on('rewind'),
  skip: on('skip'),
  close: on('close'),
  closeLinear: on('close'),
  fullscreen: on('expand'),
  expand: on('expand'),
  playerExpand: on('expand'),
  exitFullscreen: on('collapse'),
  collapse: on('collapse'),
  playerCollapse: on('collapse'),
};

/** What is told of by elements of their own, and what no part of an ad has in common with others. */
const EVENTS: Readonly<Record<string, When>> = {
  impression: after(0),
  viewable: after(VIEWABLE_SEC),
  notViewable: on('unseen'),
  viewUndetermined: on('unseen'),
  error: on('error'),
  'linear.clickTracking': on('click'),
  'linear.customClick': on('other'),
  'icon.click': on('iconClick'),
  'nonLinear.clickTracking': on('overlayClick'),
  'companion.clickTracking': on('companionClick'),
};

/**
 * Every tracking URL of an ad in the order in which a player would call them that shows it from its start to its end: first
 * what time brings, then what only the viewer does.
 *
 * @param ad the Ad element of the merged document
 * @param durationSec as the ad says it; null where it does not
 * @param known the result's own list, which knows the hop of each
 */
export function timeline(ad: Element, durationSec: number | null, known: readonly Tracker[]): readonly Cue[] {
  const hopOf = createHopOf(known);
  const iconSec = iconOffsets(ad, durationSec);
  // where a click leads is a page that the viewer sees, and nothing that is told
  const trackers = listTrackers(ad, 0).filter(({ event }) => event !== 'linear.clickThrough');
  const cues = trackers.map(({ event, offset, url, element }): Cue => {
    const { afterSec, share, on } = whenOf(event, offset, iconSec.get(element));
    const atSec = afterSec ?? (share === null || durationSec === null ? null : share * durationSec);
    const cannotBe = on === null && durationSec !== null && atSec !== null && atSec > durationSec;
    return { event, offset, url, hop: hopOf({ event, offset, url }), atSec, share, on: cannotBe ? 'never' : on };
  });
  return cues.toSorted((a, b) => order(a) - order(b));
}

function whenOf(event: string, offset: string | null, iconSec: number | undefined): When {
  if (iconSec !== undefined) return after(iconSec);
  const [home = '', name = ''] = event.split('.');
  const own = EVENTS[event];
  if (own !== undefined) return own;
  if (home === 'verification') return on('script');
  if (name === 'progress' || name === 'timeSpentViewing') return atOffset(offset);
  return MOMENTS[name] ?? on('other');
}

function atOffset(offset: string | null): When {
  const parsed = offset === null ? null : parseOffset(offset);
  if (parsed === null) return on('never');
  return parsed.kind === 'time' ? after(parsed.seconds) : part(parsed.percent / 100);
}

/** By time where there is one, then what a share of an unknown duration brings, then the rest. */
const order = ({ atSec, share, on }: Cue): number => (on !== null ? 1e12 : (atSec ?? 1e9 * (1 + (share ?? 0))));

/** When each IconViewTracking fires: with its icon [VAST 4.3, 3.9.5]. */
function iconOffsets(ad: Element, durationSec: number | null): ReadonlyMap<Element, number> {
  const icons = descendants(ad, 'InLine', 'Creatives', 'Creative', 'Linear', 'Icons', 'Icon');
  return new Map(
    icons.flatMap((icon) => {
      const parsed = parseOffset(icon.attributes.get('offset') ?? '');
      const sec =
        parsed === null ? 0 : parsed.kind === 'time' ? parsed.seconds : (parsed.percent / 100) * (durationSec ?? 0);
      return icon.children.filter(({ name }) => name === 'IconViewTracking').map((each) => [each, sec] as const);
    }),
  );
}

/** Tells the hop of each tracker; of two alike that of the one that comes first, then that of the other. */
function createHopOf(known: readonly Tracker[]): (tracker: Pick<Tracker, 'event' | 'offset' | 'url'>) => number | null {
  const keyOf = ({ event, offset, url }: Pick<Tracker, 'event' | 'offset' | 'url'>): string =>
    JSON.stringify([event, offset, url]);
  const hops = Map.groupBy(known, keyOf);
  const taken = new Map<string, number>();
  return (tracker) => {
    const key = keyOf(tracker);
    const alike = hops.get(key) ?? [];
    const at = taken.get(key) ?? 0;
    taken.set(key, at + 1);
    return (alike[at] ?? alike.at(-1))?.hop ?? null;
  };
}
