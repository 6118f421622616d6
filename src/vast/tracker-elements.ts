import type { Element } from './element.ts';

/** The elements whose text is a URL that a player tells of something [VAST 4.3, 3.14 and element tables]. */
const TRACKER_ELEMENTS: ReadonlySet<string> = new Set([
  'Impression',
  'Error',
  'Tracking',
  'ClickTracking',
  'CustomClick',
  'Viewable',
  'NotViewable',
  'ViewUndetermined',
  'IconViewTracking',
  'IconClickTracking',
  'NonLinearClickTracking',
  'CompanionClickTracking',
]);

/** How many tracking URLs stand in an element and below. */
export function countTrackers(element: Element): number {
  const own = TRACKER_ELEMENTS.has(element.name) && element.text !== '' ? 1 : 0;
  return element.children.reduce((sum, each) => sum + countTrackers(each), own);
}
