import { html, type Html } from './html.ts';

/** A stretch of a text that is marked with the hop that it came from. */
export type Mark = { readonly start: number; readonly end: number; readonly hop: number };

type Piece = { readonly text: string; readonly hop: number | null };

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
  const content = pieces.map(({ text, hop }) =>
    hop === null ? text : html`<mark title="from hop ${hop}" data-hop="${hop}">${text}</mark>`,
  );
  return html`<span class="line" id="${id}"
    ><a href="#${id}" aria-label="line ${number}">${number}</a><code>${content}</code></span
  >`;
}

/** The lines of a text, each cut where a mark begins or ends. Marks are in order and do not overlap. */
export function splitLines(text: string, marks: readonly Mark[]): readonly (readonly Piece[])[] {
  const lines: Piece[][] = [[]];
  const add = (from: number, to: number, hop: number | null): void => {
    text
      .slice(from, to)
      .split(/\r\n|\n/)
      .forEach((part, at) => {
        if (at > 0) lines.push([]);
        if (part !== '') lines.at(-1)!.push({ text: part, hop });
      });
  };
  let at = 0;
  for (const { start, end, hop } of marks) {
    add(at, start, null);
    add(start, end, hop);
    at = end;
  }
  add(at, text.length, null);
  return lines;
}
