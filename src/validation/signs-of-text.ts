import { bitOf, bitsOf, TEXT_SIGNS, type Sign } from './signs.ts';

const PLAIN_URL =
  /^https:\/\/(?:[a-z0-9-]+\.)+(?!(?:local|localhost|internal|lan|home|intranet|test|invalid)(?:[/?]|$))[a-z]{2,}(?:[/?]|$)/;
const MOST_LENGTH = 2048;
/** Names of other scripts, whose spelling may be wrong. */
const PUNYCODE = 'xn--';

const ASCII = 128;
/** White space may be beyond ASCII, too. */
const BEYOND = bitsOf(['beyond ASCII', 'white space']);
const [NO_PLAIN_URL, BRACKET, UNDERSCORES] = [bitOf('no plain URL'), bitOf('['), bitOf('__')];

const BITS = Uint16Array.from({ length: ASCII }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/\s/.test(character)) return bitOf('white space');
  return TEXT_SIGNS.includes(character as (typeof TEXT_SIGNS)[number]) ? bitOf(character as Sign) : 0;
});

/** What one by one is looked at in few texts only: one pass of a pattern finds that there is nothing of it. */
const RARE = /[%;#@\\{$<\s\x80-\uffff]/;

/** The signs of a text, as bits, but for those of its macros. */
export function signsOfText(text: string): number {
  let bits = isPlainUrl(text) ? 0 : NO_PLAIN_URL;
  if (text.includes('[')) bits |= BRACKET;
  if (text.includes('__')) bits |= UNDERSCORES;
  if (!RARE.test(text)) return bits;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    bits |= code < ASCII ? BITS[code]! : BEYOND;
  }
  return bits;
}

const isPlainUrl = (text: string): boolean =>
  text.length <= MOST_LENGTH && PLAIN_URL.test(text) && !text.includes(PUNYCODE);
