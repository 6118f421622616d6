/**
 * What a text must have for certain rules to find something in it: mostly a character. A `plain URL` is https, of a
 * public host by name and of common length. A `narrow macro` stands where it may not, or may no longer. A `later macro`
 * is one that players of the document's version do not fill.
 */
export const TEXT_SIGNS = [
  ...(['[', '%', ';', '#', '@', '\\', '{', '$', '__', '<'] as const),
  ...(['white space', 'beyond ASCII', 'no plain URL', 'unknown macro', 'narrow macro', 'later macro'] as const),
] as const;

/** Attributes that few elements have and several rules look at. */
export const ATTRIBUTE_SIGNS = ['@apiFramework', '@offset', '@skipoffset', '@sequence', '@conditionalAd'] as const;

/**
 * The same of an element. `strange attribute`: one that its schema does not have. `odd value`: an attribute whose value is
 * not of the form that it should have. `lacks`: something that its schema wants. `text`: of its own, where it should have
 * none. `disorder`: a child stands too late. `again`: it may stand once, and is not the first of its name. `bare &`: one
 * outside of CDATA. `odd`: not what elements of its name mostly are (`plain-elements.ts`).
 */
export const PLACE_SIGNS = [
  ...(['strange attribute', 'odd value', 'lacks attribute', 'lacks child', 'text', 'disorder', 'again'] as const),
  ...(['bare &', 'odd'] as const),
] as const;

/** What an element must have for certain rules to find something. They are asked of no other element. */
export const SIGNS = [...TEXT_SIGNS, ...ATTRIBUTE_SIGNS, ...PLACE_SIGNS] as const;

export type Sign = (typeof SIGNS)[number];

/** The signs as bits, to be held against those of an element. */
export function bitsOf(signs: readonly Sign[]): number {
  return signs.reduce((bits, sign) => bits | bitOf(sign), 0);
}

/** A bit for each sign: there are 32 at most. */
export function bitOf(sign: Sign): number {
  return 1 << SIGNS.indexOf(sign);
}
