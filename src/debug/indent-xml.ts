/** A document with line breaks between its elements, and where what stood in it is now. */
export type Indented = {
  readonly text: string;
  /** Where a stretch that began or ended at an offset does so now. */
  readonly startAt: (offset: number) => number;
  readonly endAt: (offset: number) => number;
};

/** Lines that are longer than this on average are not what anybody wrote to be read. */
const LONG_LINE = 300;
/** Deeper elements are not indented further, so that what is put in grows with the length alone. */
const MAX_INDENT = 20;

/** Does a document stand on so few lines that nobody can read it? */
export function isOnFewLines(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.startsWith('<') && trimmed.length > LONG_LINE * trimmed.split('\n').length;
}

type Break = { readonly at: number; readonly inserted: string };

/**
 * Puts a line break before each tag that stands behind another one, indented by its depth. Nothing else is changed, and
 * a document that is not well-formed may come too: it is not read, but gone through once.
 */
export function indentXml(text: string): Indented {
  const breaks = findBreaks(text);
  const parts: string[] = [];
  let from = 0;
  for (const { at, inserted } of breaks) {
    parts.push(text.slice(from, at), inserted);
    from = at;
  }
  const shifts = shiftsOf(breaks);
  return {
    text: parts.join('') + text.slice(from),
    startAt: (offset) => offset + shifts(offset + 1),
    endAt: (offset) => offset + shifts(offset),
  };
}

/** How much was put in before an offset. */
function shiftsOf(breaks: readonly Break[]): (offset: number) => number {
  const sums = [0];
  for (const { inserted } of breaks) sums.push(sums.at(-1)! + inserted.length);
  return (offset) => {
    let [low, high] = [0, breaks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (breaks[middle]!.at < offset) low = middle + 1;
      else high = middle;
    }
    return sums[low]!;
  };
}

type Token = { readonly kind: 'open' | 'close' | 'empty' | 'text'; readonly start: number; readonly end: number };

function findBreaks(text: string): readonly Break[] {
  const breaks: Break[] = [];
  let depth = 0;
  let before: Token | null = null;
  for (let at = text.indexOf('<'); at !== -1;) {
    const token = tokenAt(text, at);
    if (token.kind === 'close') depth = Math.max(0, depth - 1);
    if (before !== null && isBreakable(before, token, text)) {
      breaks.push({ at, inserted: `\n${'  '.repeat(Math.min(depth, MAX_INDENT))}` });
    }
    if (token.kind === 'open') depth += 1;
    before = token;
    at = text.indexOf('<', token.end);
  }
  return breaks;
}

/** An element that holds text alone stays on its line, and so does what was on lines of its own already. */
function isBreakable(before: Token, token: Token, text: string): boolean {
  if (before.kind === 'text' || token.kind === 'text') return false;
  if (before.kind === 'open' && token.kind === 'close') return false;
  const between = text.slice(before.end, token.start);
  return between.trim() === '' && !between.includes('\n');
}

/** Sections whose end is not that of a tag; CDATA is text. */
const SECTIONS = [
  { begins: '<![CDATA[', ends: ']]>', kind: 'text' },
  { begins: '<!--', ends: '-->', kind: 'empty' },
  { begins: '<?', ends: '?>', kind: 'empty' },
] as const;

function tokenAt(text: string, start: number): Token {
  for (const { begins, ends, kind } of SECTIONS) {
    if (text.startsWith(begins, start)) return { kind, start, end: endOf(text, ends, start + begins.length) };
  }
  const end = tagEnd(text, start);
  const kind = text[start + 1] === '/' ? 'close' : text[end - 2] === '/' ? 'empty' : 'open';
  return { kind, start, end };
}

/** Behind the next such mark; the end of the text where there is none. */
function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 ? text.length : at + mark.length;
}

/** Behind the `>` of a tag that is not within quotes. */
function tagEnd(text: string, start: number): number {
  let quote: string | null = null;
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text[at]!;
    if (quote !== null) quote = character === quote ? null : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at + 1;
    else if (character === '<') return at;
  }
  return text.length;
}
