import { child, type Element } from './element.ts';
import { urlsOf } from './urls-of.ts';

/** What every Ad has, whatever it holds. */
type AdCommon = {
  /** The `<Ad>` element. */
  readonly element: Element;
  /** Its `<InLine>` or `<Wrapper>`; the `<Ad>` itself where it has neither. */
  readonly body: Element;
  readonly id: string | null;
  /** `Ad@sequence` where it is a whole number above 0. */
  readonly sequence: number | null;
  /** The contents of its Error elements, in document order, empty ones left out. */
  readonly errorUrls: readonly string[];
};

export type Wrapper = AdCommon & {
  readonly kind: 'wrapper';
  /** VASTAdTagURI, trimmed, as it stood there; may be empty. */
  readonly tagUri: string;
  readonly followAdditionalWrappers: boolean;
  readonly allowMultipleAds: boolean;
  readonly fallbackOnNoAd: boolean;
  /** The categories of all its BlockedAdCategories. */
  readonly blockedAdCategories: readonly string[];
};

export type InLine = AdCommon & {
  readonly kind: 'inline';
  /** The contents of its Category elements. */
  readonly categories: readonly string[];
};

/** An Ad that cannot be used: neither InLine nor Wrapper, both, or a Wrapper without VASTAdTagURI (VAST error 101). */
export type BrokenAd = AdCommon & { readonly kind: 'broken'; readonly message: string };

export type Ad = Wrapper | InLine | BrokenAd;

const NONE: readonly string[] = Object.freeze([]);

/** Reads an `<Ad>`. One that cannot be used is a BrokenAd; it never throws. */
export function readAd(element: Element): Ad {
  const bodies: Element[] = [];
  for (const each of element.children) if (each.name === 'InLine' || each.name === 'Wrapper') bodies.push(each);
  const body = bodies[0] ?? element;
  const common = {
    element,
    body,
    id: element.attributes.get('id') ?? null,
    sequence: readSequence(element.attributes.get('sequence')),
    errorUrls: bodies.length === 1 ? readErrorUrls(body) : frozen(bodies.flatMap(readErrorUrls)),
  };
  const broken = (message: string): BrokenAd => Object.freeze({ ...common, kind: 'broken', message });

  if (bodies.length === 0) return broken('the Ad has neither an InLine nor a Wrapper');
  if (bodies.length > 1) return broken('the Ad has more than one InLine or Wrapper');
  if (body.name === 'InLine') {
    return Object.freeze({ ...common, kind: 'inline', categories: textsOf(body, 'Category') });
  }
  const tag = tagElementOf(body);
  if (tag === undefined) return broken('the Wrapper has no VASTAdTagURI');
  return Object.freeze({
    ...common,
    kind: 'wrapper',
    tagUri: urlsOf(tag)[0] ?? '',
    followAdditionalWrappers: readBoolean(body.attributes.get('followAdditionalWrappers'), true),
    allowMultipleAds: readBoolean(body.attributes.get('allowMultipleAds'), false),
    fallbackOnNoAd: readBoolean(body.attributes.get('fallbackOnNoAd'), true),
    blockedAdCategories: frozen(textsOf(body, 'BlockedAdCategories').flatMap(splitList)),
  });
}

/** The contents of the Error children of an element, in document order, empty ones left out. */
export function readErrorUrls(element: Element): readonly string[] {
  const urls: string[] = [];
  for (const each of element.children) if (each.name === 'Error') urls.push(...urlsOf(each));
  return frozen(urls);
}

/** The element of a Wrapper that names the next document; VASTAdTagURL is its name in drafts of VAST 1. */
export function tagElementOf(body: Element): Element | undefined {
  return child(body, 'VASTAdTagURI') ?? child(body, 'VASTAdTagURL');
}

/** `true`, `1`, `false` or `0`, in any case; anything else is the default. */
export function readBoolean(value: string | undefined, otherwise: boolean): boolean {
  const word = value?.trim().toLowerCase();
  if (word === 'true' || word === '1') return true;
  if (word === 'false' || word === '0') return false;
  return otherwise;
}

function readSequence(value: string | undefined): number | null {
  if (value === undefined) return null;
  const digits = value.trim();
  const sequence = Number(digits);
  return /^\d+$/.test(digits) && sequence > 0 && Number.isSafeInteger(sequence) ? sequence : null;
}

/** Most lists are empty, and one will do for all of these. */
function frozen(list: readonly string[]): readonly string[] {
  return list.length === 0 ? NONE : Object.freeze(list);
}

function textsOf(element: Element, name: string): readonly string[] {
  const texts: string[] = [];
  for (const each of element.children) if (each.name === name && each.text !== '') texts.push(each.text);
  return frozen(texts);
}

/** BlockedAdCategories hold several categories, separated by commas [VAST 4.3, 3.19.2]. */
function splitList(text: string): readonly string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}
