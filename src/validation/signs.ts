import type { Element } from '../vast/element.ts';
import type { ElementSchema } from '../vast/schema.ts';
import { SCHEMA_VERSIONS } from '../vast/schema-table.ts';
import { EVENTS } from '../vast/tracking-events.ts';
import { isNarrow, KNOWN_MACROS, LATER_MACROS, macrosIn } from './macro-names.ts';
import type { Place } from './place.ts';

/**
 * What a text must have for certain rules to find something in it: mostly a character. A `plain URL` is https, of a
 * public host by name and of common length. A `narrow macro` may not stand everywhere, or no longer. A `later macro` is
 * one that not all players fill.
 */
const TEXT_SIGNS = [
  ...(['[', '%', '&', ';', '#', '@', '\\', '{', '$', '_', '<'] as const),
  ...(['white space', 'beyond ASCII', 'no plain URL', 'unknown macro', 'narrow macro', 'later macro'] as const),
] as const;

/** Attributes that few elements have and several rules look at. */
const ATTRIBUTE_SIGNS = ['@apiFramework', '@offset', '@skipoffset', '@sequence', '@minBitrate', '@maxBitrate'] as const;

/**
 * The same of an element. `strange attribute`: one that its schema does not have. `lacks`: something that its schema
 * wants. `children`: two or more. `again`: it is not the first of its name. `odd event`: not one that every version has
 * for what plays.
 */
const PLACE_SIGNS = ['strange attribute', 'lacks attribute', 'lacks child', 'children', 'again', 'odd event'] as const;

/** What an element must have for certain rules to find something. They are asked of no other element. */
export const SIGNS = [...TEXT_SIGNS, ...ATTRIBUTE_SIGNS, ...PLACE_SIGNS] as const;

export type Sign = (typeof SIGNS)[number];

const ASCII = 128;

const PLAIN_URL =
  /^https:\/\/(?:[a-z0-9-]+\.)+(?!(?:local|localhost|internal|lan|home|intranet|test|invalid)(?:[/?]|$))[a-z]{2,}(?:[/?]|$)/;
const MOST_LENGTH = 2048;
/** Names of other scripts, whose spelling may be wrong. */
const PUNYCODE = 'xn--';

/** What every version has. */
const PLAIN_EVENTS: ReadonlySet<string> = new Set(
  [...EVENTS].filter(([, versions]) => versions.length === SCHEMA_VERSIONS.length).map(([event]) => event),
);

/** A bit for each sign. */
function bitOf(sign: Sign): number {
  return 1 << SIGNS.indexOf(sign);
}

/** White space may be beyond ASCII, too. */
const BEYOND = bitOf('beyond ASCII') | bitOf('white space');

const [OF_TEXT, OF_ATTRIBUTES] = [bitsOf(TEXT_SIGNS), bitsOf(ATTRIBUTE_SIGNS)];
const [STRANGE_ATTRIBUTE, LACKS_ATTRIBUTE, LACKS_CHILD] = PLACE_SIGNS.map(bitOf) as [number, number, number];
const [CHILDREN, AGAIN, ODD_EVENT] = PLACE_SIGNS.slice(3).map(bitOf) as [number, number, number];
const BIT_OF_ATTRIBUTE: ReadonlyMap<string, number> = new Map(
  ATTRIBUTE_SIGNS.map((sign) => [sign.slice(1), bitOf(sign)]),
);
const [BRACKET, NO_PLAIN_URL] = [bitOf('['), bitOf('no plain URL')];
const [UNKNOWN_MACRO, NARROW_MACRO] = [bitOf('unknown macro'), bitOf('narrow macro')];
const LATER_MACRO = bitOf('later macro');

const BITS = Uint16Array.from({ length: ASCII }, (_, code) => {
  const character = String.fromCharCode(code);
  return /\s/.test(character) ? bitOf('white space') : SIGNS.includes(character as Sign) ? bitOf(character as Sign) : 0;
});

/** The signs as bits, to be held against those of a text. */
export function bitsOf(signs: readonly Sign[]): number {
  return signs.reduce((bits, sign) => bits | bitOf(sign), 0);
}

/** The signs of an element, as bits; `wanted` are those that somebody asks for. */
export function signsOf(place: Place, wanted: number): number {
  const { element, schema, isFirst, strangeAttributes } = place;
  let bits = isFirst ? 0 : AGAIN;
  if (element.children.length > 1) bits |= CHILDREN;
  if (strangeAttributes.length > 0) bits |= STRANGE_ATTRIBUTE;
  if (schema !== null) {
    if (lacksAttribute(element, schema)) bits |= LACKS_ATTRIBUTE;
    if (lacksChild(element, schema)) bits |= LACKS_CHILD;
  }
  if ((wanted & ODD_EVENT) !== 0 && !isPlainEvent(place)) bits |= ODD_EVENT;
  if ((wanted & OF_TEXT) !== 0) bits |= signsOfText(element.text);
  if ((wanted & OF_ATTRIBUTES) !== 0) {
    for (const name of element.attributes.keys()) bits |= BIT_OF_ATTRIBUTE.get(name) ?? 0;
  }
  return bits;
}

function lacksAttribute({ attributes }: Element, { requiredAttributes }: ElementSchema): boolean {
  return requiredAttributes.length > 0 && requiredAttributes.some((name) => !attributes.has(name));
}

function lacksChild({ children }: Element, { requiredChildren }: ElementSchema): boolean {
  return requiredChildren.length > 0 && requiredChildren.some((name) => !children.some((each) => each.name === name));
}

function isPlainEvent({ element, parent }: Place): boolean {
  const owner = parent?.parent?.element.name;
  return (owner === 'Linear' || owner === 'NonLinearAds') && PLAIN_EVENTS.has(element.attributes.get('event') ?? '');
}

/** The signs of a text, as bits. */
export function signsOfText(text: string): number {
  let bits = isPlainUrl(text) ? 0 : NO_PLAIN_URL;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    bits |= code < ASCII ? BITS[code]! : BEYOND;
  }
  return (bits & BRACKET) === 0 ? bits : bits | signsOfMacros(text);
}

const isPlainUrl = (text: string): boolean =>
  text.length <= MOST_LENGTH && PLAIN_URL.test(text) && !text.includes(PUNYCODE);

function signsOfMacros(text: string): number {
  let bits = 0;
  for (const name of macrosIn(text)) {
    if (!KNOWN_MACROS.has(name)) bits |= UNKNOWN_MACRO;
    if (isNarrow(name)) bits |= NARROW_MACRO;
    if (LATER_MACROS.has(name)) bits |= LATER_MACRO;
  }
  return bits;
}
