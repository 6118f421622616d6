import { countElements } from '../vast/element.ts';
import type { HopSubject, ReadHop, Subject } from './subject.ts';

/**
 * So many elements of a chain are held against the rules. An ordinary chain has some hundreds; of one that was made to
 * cost time, the documents that are beyond this are passed over.
 */
export const MAX_ELEMENTS = 4000;

const isRead = (hop: HopSubject): hop is ReadHop => hop.document !== null;

/** The hops whose documents are looked at element by element: as many as are within the limit, the first always. */
export function checkedHops({ hops }: Subject): readonly ReadHop[] {
  let left = MAX_ELEMENTS;
  return hops.filter(isRead).filter(({ document }, at) => {
    left -= countElements(document.root);
    return at === 0 || left >= 0;
  });
}
