const REDACTED = 'REDACTED';
/** Longer ones are asked by nobody, and shown in part. */
const MAX_CHARS = 8192;

/**
 * A URL as it may be shown: scheme, host, path and the names of the query, `https://ads.example/vast?cb=REDACTED`.
 * Values, user info and fragment go, since any of them may name a person. What is no http(s) URL keeps its scheme only.
 */
export function redactUrl(url: string): string {
  if (url.length > MAX_CHARS) return `${redactUrl(url.slice(0, MAX_CHARS))}…`;
  const parsed = URL.parse(url);
  if (parsed === null) return REDACTED;
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') return parsed.protocol + REDACTED;
  return `${parsed.protocol}//${parsed.host}${parsed.pathname}${redactQuery(parsed.search)}`;
}

/** `?a=1&b` to `?a=REDACTED&REDACTED`: what has no name may be a value. */
function redactQuery(search: string): string {
  if (search === '') return '';
  const parts = search.slice(1).split('&');
  return `?${parts.map((part) => (part.includes('=') ? `${part.slice(0, part.indexOf('='))}=${REDACTED}` : part && REDACTED)).join('&')}`;
}
