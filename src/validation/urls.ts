import { TRACKER_ELEMENTS } from '../vast/tracker-elements.ts';

/** Elements whose text is a URL, by what a player does with it. */
export const MEDIA_ELEMENTS = ['MediaFile', 'Mezzanine'] as const;
export const RESOURCE_ELEMENTS = [
  'InteractiveCreativeFile',
  'ClosedCaptionFile',
  'StaticResource',
  'IFrameResource',
  'JavaScriptResource',
  'FlashResource',
] as const;
export const CLICK_ELEMENTS = [
  'ClickThrough',
  'IconClickThrough',
  'NonLinearClickThrough',
  'CompanionClickThrough',
] as const;
export const TAG_ELEMENTS = ['VASTAdTagURI'] as const;

/** All of them. */
export const URL_ELEMENTS: readonly string[] = [
  ...TAG_ELEMENTS,
  ...MEDIA_ELEMENTS,
  ...RESOURCE_ELEMENTS,
  ...TRACKER_ELEMENTS,
  ...CLICK_ELEMENTS,
];

const SCHEME = /^([a-z][a-z0-9+.-]*):/i;
const HOST = /^https?:\/\/(?:[^/?#@]*@)?(\[[^\]]+\]|[^/:?#]+)/i;

/** The scheme in lower case, without its colon; null where there is none. */
export function schemeOf(url: string): string | null {
  return SCHEME.exec(url)?.[1]!.toLowerCase() ?? null;
}

/** The host of an http(s) URL in lower case; null for anything else. */
export function hostOf(url: string): string | null {
  return HOST.exec(url)?.[1]!.toLowerCase() ?? null;
}

/**
 * A URL with its macros, of whatever kind, filled by a character that may stand anywhere. As in all patterns that look at
 * strangers' text, what may stand within a match excludes how one begins: else a text of nothing but beginnings costs the
 * square of its length.
 */
export function withoutMacros(url: string): string {
  return url.replace(/\[[^[\]]*\]|\$\{[^$}]*\}|\{\{[^{}]*\}\}/g, '0');
}
