import type { Element } from './element.ts';
import { urlsOf } from './urls-of.ts';

/** The elements whose text is a URL that a player tells of something [VAST 4.3, 3.14 and element tables]. */
export const TRACKER_ELEMENTS = [
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
  'NonLinearCustomClick',
  'CompanionClickTracking',
] as const;

const NAMES: ReadonlySet<string> = new Set(TRACKER_ELEMENTS);

/** How many tracking URLs stand in an element and below. */
export function countTrackers(element: Element): number {
  let count = 0;
  if (NAMES.has(element.name)) count = element.text === '' ? urlsOf(element).length : 1;
  const { children } = element;
  for (let i = 0; i < children.length; i += 1) count += countTrackers(children[i]!);
  return count;
}
