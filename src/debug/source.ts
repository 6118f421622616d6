import { html, type Html } from './html.ts';
import { coloured, xmlRuns, type XmlKind } from './xml-colours.ts';

/** A stretch of a text that is marked with the hop that it came from. */
export type Mark = { readonly start: number; readonly end: number; readonly hop: number };

/** A stretch of one line that is of one kind and of one hop; null where it is not marked. */
export type Piece = { readonly text: string; readonly kind: XmlKind; readonly hop: number | null };

/** Lines beyond these are left out of a page, so that a browser stays quick. */
const MAX_LINES = 5000;

/** A text with its line numbers, each line linked by `prefix-line-N`; the marked stretches stand out. */
export function source(prefix: string, text: string, marks: readonly Mark[] = []): Html {
  const lines = splitLines(text, marks);
  const shown = lines.slice(0, MAX_LINES);
  return html`<pre class="source" tabindex="0">
${shown.map((pieces, at) => lineOf(`${prefix}-line-${at + 1}`, at + 1, pieces))}</pre>
    ${lines.length > MAX_LINES && html`<p class="note">${lines.length - MAX_LINES} more lines are not shown.</p>`}`;
}

function lineOf(id: string, number: number, pieces: readonly Piece[]): Html {
  const content = pieces.map(({ text, kind, hop }) =>
    hop === null
      ? coloured(kind, text)
      : html`<mark title="from hop ${hop}" data-hop="${hop}">${coloured(kind, text)}</mark>`,
  );
  return html`<span class="line" id="${id}"
    ><a href="#${id}" aria-label="line ${number}">${number}</a><code>${content}</code></span
  >`;
}

/** The lines of a text, each cut where its kind changes, or a mark begins or ends. Marks are in order, not overlapping. */
export function splitLines(text: string, marks: readonly Mark[]): readonly (readonly Piece[])[] {
  const lines: Piece[][] = [[]];
  let next = 0;
  for (const { kind, start, end } of xmlRuns(text)) {
    for (let at = start; at < end;) {
      while (next < marks.length && marks[next]!.end <= at) next += 1;
      const mark = marks[next];
      const isMarked = mark !== undefined && mark.start <= at;
      const until = Math.min(end, isMarked ? mark.end : (mark?.start ?? end));
      addLines(lines, text.slice(at, until), kind, isMarked ? mark.hop : null);
      at = until;
    }
  }
  return lines;
}

function addLines(lines: Piece[][], text: string, kind: XmlKind, hop: number | null): void {
  text.split(/\r\n|\n/).forEach((part, at) => {
    if (at > 0) lines.push([]);
    if (part !== '') lines.at(-1)!.push({ text: part, kind, hop });
  });
}
