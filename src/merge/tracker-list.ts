import type { Element } from '../vast/element.ts';
import { isPortfolio } from '../vast/portfolio.ts';
import { extensionType } from '../vast/standard-extensions.ts';
import { urlsOf } from '../vast/urls-of.ts';
import type { Tracker } from './tracker.ts';

/** Whose Tracking elements they are, by the element around them. */
const EVENT_PREFIXES: ReadonlyMap<string, string> = new Map([
  ['Linear', 'linear'],
  ['NonLinearAds', 'nonLinear'],
  ['Companion', 'companion'],
  ['Verification', 'verification'],
  // of those only the portfolio's is entered that has any
  ['Extension', 'nonLinear'],
]);

/** Elements whose content is a tracking URL, with the event that it is for. */
const EVENTS: ReadonlyMap<string, string> = new Map([
  ['Impression', 'impression'],
  ['Error', 'error'],
  ['Viewable', 'viewable'],
  ['NotViewable', 'notViewable'],
  ['ViewUndetermined', 'viewUndetermined'],
  ['ViewableImpression', 'verification.viewableImpression'],
  ['ClickTracking', 'linear.clickTracking'],
  ['CustomClick', 'linear.customClick'],
  ['ClickThrough', 'linear.clickThrough'],
  ['IconViewTracking', 'icon.view'],
  ['IconClickTracking', 'icon.click'],
  ['NonLinearClickTracking', 'nonLinear.clickTracking'],
  ['NonLinearCustomClick', 'nonLinear.customClick'],
  ['CompanionClickTracking', 'companion.clickTracking'],
]);

/** What may hold elements of such names that are no trackers of the ad. */
const CLOSED = new Set(['MediaFiles', 'AdParameters', 'CreativeExtensions']);

/** Is the content of an element of this name a tracking URL? */
export function isTrackerName(name: string): boolean {
  return name === 'Tracking' || EVENTS.has(name);
}

/** Is it the place where verifications stood before VAST 4.1? */
export function isVerificationExtension(element: Element): boolean {
  return element.name === 'Extension' && element.attributes.get('type') === 'AdVerifications';
}

/** Extensions that stand for elements of later versions. */
const holdsTrackers = (extension: Element): boolean =>
  isVerificationExtension(extension) || isPortfolio(extension) || extensionType(extension) === 'Icon';

/**
 * Every tracking URL of an element and what is in it. `parent` is the name of the nearest element around it that has
 * trackers of its own (Linear, NonLinearAds, Companion, Verification).
 */
export function listTrackers(element: Element, hop: number, parent = ''): readonly Tracker[] {
  const trackers: Tracker[] = [];
  const walk = (each: Element, home: string): void => {
    const event = each.name === 'Tracking' ? trackingEvent(each, home) : EVENTS.get(each.name);
    if (event !== undefined && each.children.every(({ name }) => name === 'URL')) {
      const offset = each.attributes.get('offset') ?? null;
      for (const url of urlsOf(each)) trackers.push({ event, offset, url, hop, element: each });
      return;
    }
    if (CLOSED.has(each.name) || (each.name === 'Extension' && !holdsTrackers(each))) return;
    const inner = EVENT_PREFIXES.has(each.name) ? each.name : home;
    for (const child of each.children) walk(child, inner);
  };
  walk(element, parent);
  return trackers;
}

const trackingEvent = ({ attributes }: Element, home: string): string | undefined =>
  EVENT_PREFIXES.has(home) ? `${EVENT_PREFIXES.get(home)}.${attributes.get('event')?.trim() ?? ''}` : undefined;
