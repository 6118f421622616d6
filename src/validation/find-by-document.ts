import type { VastDocument } from '../vast/document.ts';
import { checkedHops, MAX_ELEMENTS } from './checked-hops.ts';
import { elementProblems } from './element-problems.ts';

/** A text of so many characters costs about what `MAX_ELEMENTS` do: each of them some ms. */
const MAX_LENGTH = 500_000;

/** What a document costs, 1 for what is well done in one go. */
const weigh = ({ size, text }: VastDocument): number => size.elements / MAX_ELEMENTS + text.length / MAX_LENGTH;

/** The least that an element is written in, `<a/>`. */
const LEAST_ELEMENT = 4;

/** Are the texts too short to cost time, whatever is in them? Then nobody counts it. */
function isShort(hops: readonly { readonly document: VastDocument | null }[]): boolean {
  const length = hops.reduce((sum, { document }) => sum + (document?.text.length ?? 0), 0);
  return length / LEAST_ELEMENT / MAX_ELEMENTS + length / MAX_LENGTH <= 1;
}

/**
 * Finds what is wrong with the elements of a chain that was made to cost time, document by document. `validate` then
 * finds it known. Yields where whoever runs it should give the loop back. An ordinary chain is left to `validate`.
 */
export function* findByDocument(hops: readonly { readonly document: VastDocument | null }[]): Generator<void, void> {
  if (isShort(hops)) return;
  const checked = checkedHops(hops).map(({ document }) => ({ document, weight: weigh(document) }));
  if (checked.reduce((sum, { weight }) => sum + weight, 0) <= 1) return;
  let done = 0;
  for (const { document, weight } of checked) {
    if (done > 0 && done + weight > 1) {
      yield;
      done = 0;
    }
    elementProblems(document);
    done += weight;
  }
  yield;
}
