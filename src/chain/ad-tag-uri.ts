const SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/**
 * The ad tag URI of a wrapper made absolute, macros and spelling kept; null where it is empty, or relative with
 * nothing to stand against. Whether it can be fetched is judged once its macros are filled.
 *
 * @param base the URL, after redirects, of the document that the URI stands in; null for a given document
 */
export function absoluteUri(uri: string, base: string | null): string | null {
  if (uri === '') return null;
  if (SCHEME.test(uri)) return uri;
  if (base !== null) return URL.parse(uri, base)?.href ?? null;
  // A document that was handed over has no scheme of its own to lend.
  return uri.startsWith('//') ? `https:${uri}` : null;
}
