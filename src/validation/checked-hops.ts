import type { VastDocument } from '../vast/document.ts';

/**
 * So many elements of a chain are held against the rules. An ordinary chain has some hundreds; of one that was made to
 * cost time, the documents that are beyond this are passed over.
 */
export const MAX_ELEMENTS = 4000;

/** A hop whose document was read, or was not. */
type Hop = { readonly document: VastDocument | null };
type Read<Kind extends Hop> = Kind & { readonly document: VastDocument };

const isRead = <Kind extends Hop>(hop: Kind): hop is Read<Kind> => hop.document !== null;

/** The hops whose documents are looked at element by element: as many as are within the limit, the first always. */
export function checkedHops<Kind extends Hop>(hops: readonly Kind[]): readonly Read<Kind>[] {
  let left = MAX_ELEMENTS;
  return hops.filter(isRead).filter(({ document }, at) => {
    left -= document.size.elements;
    return at === 0 || left >= 0;
  });
}
