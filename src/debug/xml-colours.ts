import { html, type Html } from './html.ts';

/** What a stretch of XML is to a reader; also its class on the page. */
export type XmlKind = 'tag' | 'comment' | 'cdata' | 'text';

export type XmlRun = { readonly kind: XmlKind; readonly start: number; readonly end: number };

/** Where stretches end, by how they begin; the longest opening first. */
const OPENINGS: readonly { readonly kind: XmlKind; readonly open: string; readonly close: string }[] = [
  { kind: 'cdata', open: '<![CDATA[', close: ']]>' },
  { kind: 'comment', open: '<!--', close: '-->' },
  { kind: 'comment', open: '<?', close: '?>' },
  { kind: 'tag', open: '<', close: '>' },
];

/** Beyond these the rest is plain: a text of nothing but tags would make a page of many times its size. */
const MAX_RUNS = 20_000;

/** Cuts a text into what is markup and what is not. It may be no XML at all: every text is cut in full, in order. */
export function xmlRuns(text: string, maxRuns = MAX_RUNS): readonly XmlRun[] {
  const runs: XmlRun[] = [];
  let at = 0;
  while (at < text.length) {
    if (runs.length === maxRuns) return [...runs, { kind: 'text', start: at, end: text.length }];
    const opening = OPENINGS.find(({ open }) => text.startsWith(open, at));
    const { kind, end } = opening === undefined ? textAt(text, at) : markupAt(text, at, opening);
    runs.push({ kind, start: at, end });
    at = end;
  }
  return runs;
}

function textAt(text: string, at: number): { kind: XmlKind; end: number } {
  const next = text.indexOf('<', at);
  return { kind: 'text', end: next === -1 ? text.length : next };
}

function markupAt(
  text: string,
  at: number,
  { kind, open, close }: (typeof OPENINGS)[number],
): { kind: XmlKind; end: number } {
  const next = text.indexOf(close, at + open.length);
  return { kind, end: next === -1 ? text.length : next + close.length };
}

/** A piece of a run as markup. */
export function coloured(kind: XmlKind, text: string): Html {
  if (kind === 'text') return html`${text}`;
  return html`<span class="x-${kind}">${text}</span>`;
}
