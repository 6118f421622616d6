import { child, type Element } from '../vast/element.ts';
import type { ElementSchema } from '../vast/schema.ts';
import { formsOf } from './attribute-forms.ts';
import { isLater, isNarrow, KNOWN_MACROS } from './macro-names.ts';
import { isStrange, type Place } from './place.ts';
import { isPlain } from './plain-elements.ts';
import { ATTRIBUTE_SIGNS, bitOf, bitsOf, TEXT_SIGNS } from './signs.ts';
import { signsOfText } from './signs-of-text.ts';

const BIT_OF_ATTRIBUTE: ReadonlyMap<string, number> = new Map(
  ATTRIBUTE_SIGNS.map((sign) => [sign.slice(1), bitOf(sign)]),
);

const [OF_TEXT, BRACKET, BARE_AMPERSAND] = [bitsOf(TEXT_SIGNS), bitOf('['), bitOf('bare &')];
const OF_MACROS = bitsOf(['unknown macro', 'narrow macro', 'later macro']);
const [UNKNOWN_MACRO, NARROW_MACRO, LATER_MACRO] = [
  bitOf('unknown macro'),
  bitOf('narrow macro'),
  bitOf('later macro'),
];
const [STRANGE_ATTRIBUTE, ODD_VALUE] = [bitOf('strange attribute'), bitOf('odd value')];
const [LACKS_ATTRIBUTE, LACKS_CHILD] = [bitOf('lacks attribute'), bitOf('lacks child')];
const [TEXT, DISORDER, AGAIN] = [bitOf('text'), bitOf('disorder'), bitOf('again')];
const ODD = bitOf('odd');

/** The signs of an element, as bits. Of those that cost something only what is `wanted` is looked for. */
export function signsOf(place: Place, wanted: number): number {
  const { element, schema } = place;
  let bits = place.isAgain ? AGAIN : 0;
  if (element.attributes.size > 0) bits |= signsOfAttributes(element, schema);
  if (schema !== null) bits |= signsOfSchema(place, schema);
  if ((wanted & OF_TEXT) !== 0) bits |= signsOfText(element.text);
  if ((bits & BRACKET) !== 0 && (wanted & OF_MACROS) !== 0) bits |= signsOfMacros(place);
  if ((wanted & BARE_AMPERSAND) !== 0 && hasBareAmpersand(place)) bits |= BARE_AMPERSAND;
  if ((wanted & ODD) !== 0 && !isPlain(place)) bits |= ODD;
  return bits;
}

/** What its schema says of an element and its children. */
function signsOfSchema(place: Place, schema: ElementSchema): number {
  const { element } = place;
  let bits = 0;
  for (const name of schema.requiredAttributes) if (!element.attributes.has(name)) bits |= LACKS_ATTRIBUTE;
  for (const name of schema.requiredChildren) if (child(element, name) === undefined) bits |= LACKS_CHILD;
  if (schema.children === null || schema.children.size === 0) return bits;
  if (holdsText(place)) bits |= TEXT;
  if (element.children.length > 1 && isDisordered(element, schema.children)) bits |= DISORDER;
  return bits;
}

/** An element that its version does not know has no strange attributes. */
function signsOfAttributes({ name: element, attributes }: Element, schema: ElementSchema | null): number {
  let bits = 0;
  const forms = formsOf(element);
  for (const [name, value] of attributes) {
    bits |= BIT_OF_ATTRIBUTE.get(name) ?? 0;
    if (schema !== null && isStrange(name, schema)) bits |= STRANGE_ATTRIBUTE;
    const isGood = forms.get(name);
    if (isGood !== undefined && !isGood(value.trim())) bits |= ODD_VALUE;
  }
  return bits;
}

/** Is there anything but white space between its children? Comments and sections are, whatever they hold. */
function holdsText({ element, document }: Place): boolean {
  const { children } = element;
  let at = element.openEnd;
  for (let i = 0; i < children.length; i += 1) {
    if (!isBlank(document.text, at, children[i]!.start)) return true;
    at = children[i]!.end;
  }
  return !isBlank(document.text, at, element.closeStart);
}

const BLANK = 0x20;

function isBlank(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (text.charCodeAt(at) > BLANK) return false;
  return true;
}

/** Does a child stand behind one that belongs behind it? */
function isDisordered({ children }: Element, schemas: NonNullable<ElementSchema['children']>): boolean {
  let highest = -1;
  for (let i = 0; i < children.length; i += 1) {
    const rank = schemas.get(children[i]!.name)?.rank ?? -1;
    if (rank !== -1 && rank < highest) return true;
    if (rank > highest) highest = rank;
  }
  return false;
}

/** Is there an `&` in what does not begin with a CDATA section? */
function hasBareAmpersand({ element, document }: Place): boolean {
  return !document.text.startsWith('<![CDATA[', element.openEnd) && element.text.includes('&');
}

function signsOfMacros(place: Place): number {
  const { element, document } = place;
  if (holdsCommonMacros(element.text, document.version)) return 0;
  let bits = 0;
  for (const name of place.macros) {
    if (!KNOWN_MACROS.has(name)) bits |= UNKNOWN_MACRO;
    else if (isLater(name, document.version)) bits |= LATER_MACRO;
    if (isNarrow(name) && !isAtHome(name, element)) bits |= NARROW_MACRO;
  }
  return bits;
}

/**
 * Is each macro of a text one of the two that stand in most, and that this version has? They may stand anywhere. They are
 * told by their letters, without a name made of each.
 */
function holdsCommonMacros(text: string, version: string): boolean {
  for (let at = text.indexOf('['); at !== -1; at = text.indexOf('[', at + 1)) {
    if (text.startsWith('CACHEBUSTING]', at + 1)) continue;
    if (!text.startsWith('TIMESTAMP]', at + 1) || isLater('TIMESTAMP', version)) return false;
  }
  return true;
}

/** Does a macro stand in the one element that it is made for? */
function isAtHome(macro: string, { name, attributes }: Element): boolean {
  if (macro === 'ERRORCODE') return name === 'Error';
  return macro === 'REASON' && attributes.get('event') === 'verificationNotExecuted';
}
