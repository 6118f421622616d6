import { readDocument, type VastDocument } from './document.ts';
import { mend, type Mistake } from './mend.ts';
import { outlineOf, type Outline } from './outline.ts';
import type { VastDefect } from './defect.ts';

/** What could be made of a text that is not well-formed. */
export type Repair = {
  /** What was mended, in document order. */
  readonly mistakes: readonly Mistake[];
  /** The mended document; null where mending was not enough. */
  readonly document: VastDocument | null;
  /** What keeps the mended text from being read; null where nothing does. */
  readonly defect: VastDefect | null;
  readonly text: string;
};

/**
 * Mends a text and reads it as strictly as any: what is cut off, over the limits or hostile is refused as before. Null
 * where there is nothing to be mended, or too much.
 */
export function repair(text: string): Repair | null {
  const mended = mend(text);
  if (mended === null || mended.mistakes.length === 0) return null;
  const read = readDocument(mended.text);
  return {
    mistakes: mended.mistakes,
    document: read.ok ? read.document : null,
    defect: read.ok ? null : read.defect,
    text: mended.text,
  };
}

/** What such a text would hold, mended as far as it can be; null where nobody can tell. */
export function outlineOfBroken(text: string): Outline | null {
  return outlineOf(mend(text)?.text ?? text);
}
