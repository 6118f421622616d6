// Productions of XML 1.0 (fifth edition), as far as they are needed to tell well-formed from not.

/** [4] without U+1680 and U+FEFF, which JavaScript takes for white space. */
const NAME_START =
  ':A-Z_a-z\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u02FF\\u0370-\\u037D\\u037F-\\u167F\\u1681-\\u1FFF\\u200C-\\u200D\\u2070-\\u218F' +
  '\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFEFE\\uFF00-\\uFFFD\\u{10000}-\\u{EFFFF}';
const SPACE = '[ \\t\\r\\n]';

/** [5] */
const NAME = new RegExp(`[${NAME_START}][\\u0300-\\u036F${NAME_START}\\-.0-9\\xB7\\u203F-\\u2040]*`, 'uy');
/** [16] A target of `xml` in any case is reserved. */
export const INSTRUCTION = new RegExp(
  `<\\?(?![xX][mM][lL][ \\t\\r\\n?])${NAME.source}(?:\\?>|${SPACE}[^]*?\\?>)`,
  'uy',
);
/** [23], but with any name of an encoding: the text is decoded already, and the result names UTF-8. */
export const DECLARATION = new RegExp(
  `<\\?xml${SPACE}+version${SPACE}*=${SPACE}*(?:"1\\.[0-9]+"|'1\\.[0-9]+')` +
    `(?:${SPACE}+encoding${SPACE}*=${SPACE}*(?:"[^"<>]*"|'[^'<>]*'))?` +
    `(?:${SPACE}+standalone${SPACE}*=${SPACE}*(?:"(?:yes|no)"|'(?:yes|no)'))?${SPACE}*\\?>`,
  'y',
);
/** [66] and [68] with the five predefined entities: without a DOCTYPE there are no others. */
const REFERENCE = /&(?:amp|lt|gt|quot|apos|#(?:([0-9]+)|x([0-9a-fA-F]+)));/y;
/**
 * Not in [2], but for unpaired surrogates. Two searches, each for no more than 16 characters: for these V8 looks at many
 * places at once, and both together cost a third of one for all.
 */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const ILLEGAL = [/[\0-\x08\x0B\x0C\x0E-\x12]/, /[\x13-\x1F\uFFFE\uFFFF]/] as const;
const EVERY_ILLEGAL = new RegExp(ILLEGAL.map(({ source }) => source).join('|'), 'g');
const EQUALS = 0x3d;

/** The offset behind what a sticky expression matches at an offset, -1 where it does not. */
export function endOf(sticky: RegExp, text: string, at: number): number {
  sticky.lastIndex = at;
  return sticky.test(text) ? sticky.lastIndex : -1;
}

/** The offset behind the name [5] that begins at an offset, -1 where none does. */
export function nameEnd(text: string, at: number): number {
  return endOf(NAME, text, at);
}

/** The offset behind the `=` of an attribute, white space on both sides included [25]; -1 where there is none. */
export function equalsEnd(text: string, at: number): number {
  const equals = skipSpace(text, at);
  return text.charCodeAt(equals) === EQUALS ? skipSpace(text, equals + 1) : -1;
}

/** The offset of the first character from `at` on that is not white space [3]. */
export function skipSpace(text: string, at: number): number {
  while (isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

/** The offset behind the last character before `at` that is not white space [3]. */
export function skipSpaceBack(text: string, at: number): number {
  let end = at;
  while (isSpace(text.charCodeAt(end - 1))) end -= 1;
  return end;
}

/** The offset of the first character that no XML document may hold [2], -1 where there is none. */
export function findIllegalCharacter(text: string): number {
  const [one, other] = ILLEGAL;
  if (!one.test(text) && !other.test(text) && text.isWellFormed()) return -1;
  const found = [one, other, /\p{Surrogate}/u].map((each) => text.search(each));
  return Math.min(...found.filter((offset) => offset !== -1));
}

/** The offsets of such characters, the first few; halves of surrogate pairs are not looked for. */
export function illegalCharacters(text: string, most: number): readonly number[] {
  const offsets: number[] = [];
  for (const { index } of text.matchAll(EVERY_ILLEGAL)) {
    if (offsets.length === most) break;
    offsets.push(index);
  }
  return offsets;
}

/** The text with U+FFFD for every character that no XML document may hold, so that offsets stay what they are. */
export function replaceIllegalCharacters(text: string): string {
  return text.toWellFormed().replace(EVERY_ILLEGAL, '\ufffd');
}

/** Does the `&` at this offset begin a reference to a predefined entity or to a legal character? */
export function isReference(text: string, at: number): boolean {
  if (text.startsWith('amp;', at + 1)) return true;
  REFERENCE.lastIndex = at;
  const match = REFERENCE.exec(text);
  if (match === null) return false;
  const code = codePointOf(match);
  return code === null || isCharacter(code);
}

const PREDEFINED: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
};
const REFERENCES = new RegExp(REFERENCE.source, 'g');

/** The text with every reference replaced by what it stands for, once. The references must have been checked. */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(REFERENCES, (reference, decimal?: string, hexadecimal?: string) => {
    const code = codePointOf([reference, decimal, hexadecimal]);
    return code === null ? PREDEFINED[reference]! : String.fromCodePoint(code);
  });
}

/** Every line end is one line feed [2.11]. */
export function unifyLineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** Text as it was meant by what is written between tags: line ends unified, references replaced. */
export function characterData(written: string): string {
  return decodeReferences(unifyLineEnds(written));
}

/** The value of an attribute as written between its quotes: white space normalised [3.3.3], references replaced. */
export function attributeValue(written: string): string {
  if (!/[\t\r\n&]/.test(written)) return written;
  return decodeReferences(written.replace(/\r\n|[\t\r\n]/g, ' '));
}

function codePointOf([, decimal, hexadecimal]: readonly (string | undefined)[]): number | null {
  if (decimal !== undefined) return Number.parseInt(decimal, 10);
  return hexadecimal === undefined ? null : Number.parseInt(hexadecimal, 16);
}

/** [2] */
function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}

/** [3] */
function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
