/** What rules look for in a text, by the character that gives it away. */
export const SIGNS = ['[', '%', '&', ';', '#', '@', '\\', '{', '$', '_', '<', 'white space', 'beyond ASCII'] as const;

export type Sign = (typeof SIGNS)[number];

const ASCII = 128;

/** A bit for each sign. */
const bitOf = (sign: Sign): number => 1 << SIGNS.indexOf(sign);

/** White space may be beyond ASCII, too. */
const BEYOND = bitOf('beyond ASCII') | bitOf('white space');

const BITS = Uint16Array.from({ length: ASCII }, (_, code) => {
  const character = String.fromCharCode(code);
  return /\s/.test(character) ? bitOf('white space') : SIGNS.includes(character as Sign) ? bitOf(character as Sign) : 0;
});

/** The signs as bits, to be held against those of a text. */
export function bitsOf(signs: readonly Sign[]): number {
  return signs.reduce((bits, sign) => bits | bitOf(sign), 0);
}

/** The signs that a text holds, as bits, in one pass. */
export function signsOf(text: string): number {
  let bits = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    bits |= code < ASCII ? BITS[code]! : BEYOND;
  }
  return bits;
}
