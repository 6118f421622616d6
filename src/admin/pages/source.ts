import { html, type Html } from './html.ts';

/** A stretch of a text that is marked with the hop that it came from. */
export type Mark = { readonly start: number; readonly end: number; readonly hop: number };

/** A stretch of one line that is of one hop; null where it is not marked. */
export type Piece = { readonly text: string; readonly hop: number | null };

/** Lines beyond these are left out of a page, so that a browser stays quick. */
const MAX_LINES = 10_000;

/**
 * A text with its line numbers, each line linked by `prefix-line-N`; the marked stretches stand out. With a script an
 * editor takes its place, whose text and marks are read from here.
 *
 * @param redact what is shown of a piece of it
 */
export function source(
  prefix: string,
  text: string,
  marks: readonly Mark[] = [],
  redact: (text: string) => string = (all) => all,
): Html {
  const end = endOfLines(text, MAX_LINES);
  const shown = splitLines(
    text.slice(0, end),
    marks.filter(({ start }) => start < end),
  );
  const missing = countLineEnds(text, end);
  return html`<pre class="source" tabindex="0">
${shown.map((pieces, at) => lineOf(`${prefix}-line-${at + 1}`, at + 1, pieces, redact))}</pre>
    ${missing > 0 && html`<p class="note">${missing} more lines are not shown.</p>`}`;
}

/** Where so many lines end; the end of the text where it has no more. */
function endOfLines(text: string, count: number): number {
  let at = -1;
  for (let line = 0; line < count; line += 1) {
    at = text.indexOf('\n', at + 1);
    if (at === -1) return text.length;
  }
  return text[at - 1] === '\r' ? at - 1 : at;
}

function countLineEnds(text: string, from: number): number {
  let ends = 0;
  for (let at = text.indexOf('\n', from); at !== -1; at = text.indexOf('\n', at + 1)) ends += 1;
  return ends;
}

function lineOf(id: string, number: number, pieces: readonly Piece[], redact: (text: string) => string): Html {
  const content = pieces.map(({ text, hop }) =>
    hop === null ? redact(text) : html`<mark title="from hop ${hop}" data-hop="${hop}">${redact(text)}</mark>`,
  );
  return html`<span class="line" id="${id}"
    ><a href="#${id}" aria-label="line ${number}">${number}</a><code>${content}</code></span
  >`;
}

/** The lines of a text, each cut where a mark begins or ends. Marks are in order, not overlapping. */
export function splitLines(text: string, marks: readonly Mark[]): readonly (readonly Piece[])[] {
  const lines: Piece[][] = [[]];
  let at = 0;
  for (const { start, end, hop } of marks) {
    addLines(lines, text.slice(at, start), null);
    addLines(lines, text.slice(start, end), hop);
    at = end;
  }
  addLines(lines, text.slice(at), null);
  return lines;
}

function addLines(lines: Piece[][], text: string, hop: number | null): void {
  text.split(/\r\n|\n/).forEach((part, at) => {
    if (at > 0) lines.push([]);
    if (part !== '') lines.at(-1)!.push({ text: part, hop });
  });
}
