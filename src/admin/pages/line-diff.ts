import { structuredPatch } from 'diff';
import { indentXml, isOnFewLines } from '../../debug/indent-xml.ts';
import { count } from '../../debug/figures.ts';
import { html, type Html } from './html.ts';

/** Lines that are shown round each change. */
const CONTEXT = 2;
/** Changes beyond these are not looked for: the texts are different ones. */
const MAX_EDITS = 400;
/** What looking for them may take, in ms. */
const TIMEOUT_MS = 500;
/** Lines beyond these are left out of a page. */
const MAX_LINES = 1000;

/** A document as it is compared: a long line tells nothing. */
const linesOf = (text: string): string => (isOnFewLines(text) ? indentXml(text).text : text);

/** What changed between two documents, line by line, with a little of what stands round it; null where nothing did. */
export function lineDiff(one: string, other: string): Html | null {
  if (one === other) return null;
  const options = { context: CONTEXT, maxEditLength: MAX_EDITS, timeout: TIMEOUT_MS };
  const patch = structuredPatch('', '', linesOf(one), linesOf(other), '', '', options);
  if (patch === undefined) return html`<p>They have too little in common to be shown line by line.</p>`;
  const lines = patch.hunks.flatMap(({ oldStart, newStart, lines: changed }) => [
    `@ line ${oldStart}, now ${newStart}`,
    ...changed,
  ]);
  return html`<pre class="diff" tabindex="0">${lines.slice(0, MAX_LINES).map(lineOf)}</pre>
    ${lines.length > MAX_LINES && html`<p class="note">${count(lines.length - MAX_LINES, 'more line')} not shown.</p>`}`;
}

const KINDS: Readonly<Record<string, string>> = { '+': 'added', '-': 'removed', '@': 'where' };

/** With the sign as text too: not everybody sees colours. */
function lineOf(line: string): Html {
  const kind = KINDS[line.charAt(0)] ?? 'kept';
  return html`<span class="${kind}">${line}</span>`;
}
