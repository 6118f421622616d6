import type { Insertion } from './merged.ts';

/** One change of a text: what stands from `start` to `end` gives way to `text`. With `start` = `end` it is added. */
export type Edit = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Position in the result's `hops` of the document that the text comes from. */
  readonly hop: number;
  /** Where the text is itself a spliced one: its insertions, which then count instead of the whole. */
  readonly insertions?: readonly Insertion[];
};

export type Spliced = { readonly text: string; readonly insertions: readonly Insertion[] };

/**
 * Applies edits to the stretch of a text from `from` to `to` in one pass; everything outside the edits is copied as it
 * stood. Edits must not overlap; those at the same place stand in the order given. Insertions are offsets in the result.
 */
export function splice(text: string, edits: readonly Edit[], from = 0, to = text.length): Spliced {
  const pieces: string[] = [];
  const insertions: Insertion[] = [];
  let copied = from;
  let length = 0;
  const push = (piece: string): void => {
    pieces.push(piece);
    length += piece.length;
  };
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    if (edit.start < copied || edit.end > to) throw new RangeError(`edits overlap at offset ${edit.start}`);
    push(text.slice(copied, edit.start));
    copied = edit.end;
    if (edit.text === '') continue;
    const start = length;
    push(edit.text);
    for (const each of edit.insertions ?? [{ start: 0, end: edit.text.length, hop: edit.hop }]) {
      const last = insertions.at(-1);
      const next = { start: start + each.start, end: start + each.end, hop: each.hop };
      if (last?.end === next.start && last.hop === next.hop)
        insertions[insertions.length - 1] = { ...last, end: next.end };
      else insertions.push(next);
    }
  }
  push(text.slice(copied, to));
  return { text: pieces.join(''), insertions };
}

/** An edit that adds text and takes nothing away. */
export function insert(at: number, text: string, hop: number): Edit {
  return { start: at, end: at, text, hop };
}
