import type { TagRequest } from '../unwrap/ports.ts';
import { hasCacheBuster } from '../vast/placeholders.ts';
import { ruleFor, type CacheRules } from './cache-rules.ts';

/**
 * The key of a request: requests with the same key may be given the same reply. Null where the reply belongs to one
 * impression alone.
 *
 * The URL is all that counts of a request, since a reply that varies by a header is never kept. Three things divide the
 * keys besides. Headers of a device: without them an ad server may answer something else that it calls nothing in
 * particular. A viewer without consent, where some hosts are not asked for such viewers: a redirect may have led others
 * there. Credentials of the operator: another replica may have none.
 */
export function cacheKey(request: TagRequest, rules: CacheRules): string | null {
  if (hasOwnCredentials(request)) return null;
  const ignored = rules.length === 0 ? [] : (ruleFor(request.target?.hostname ?? '', rules)?.ignoreQuery ?? []);
  const url = essential(request.url, ignored);
  // It may have gone into parameters only that do not matter, such as a cache buster.
  const uri = request.uri === request.url ? url : essential(request.uri, ignored);
  if (request.personal.url && url !== uri) return null;
  // Whoever wrote it into the tag, filled or not, says that no two replies are alike.
  if (hasCacheBuster(uri)) return null;
  const consent = request.withoutConsent === true ? 'no-consent ' : '';
  const credentials = request.withCredentials === true ? 'credentials ' : '';
  return `${consent}${credentials}${request.personal.headers ? 'device' : 'plain'} ${url}`;
}

function hasOwnCredentials({ headers }: TagRequest): boolean {
  return Object.keys(headers).some((name) => /^(authorization|proxy-authorization|cookie)$/i.test(name));
}

/** A URL without its fragment and the query parameters that do not matter; the rest keeps its spelling. */
function essential(url: string, ignored: readonly string[]): string {
  const fragment = url.indexOf('#');
  const whole = fragment === -1 ? url : url.slice(0, fragment);
  if (ignored.length === 0) return whole;
  const mark = whole.indexOf('?');
  if (mark === -1) return whole;
  const kept = whole
    .slice(mark + 1)
    .split('&')
    .filter((parameter) => !ignored.includes(nameOf(parameter)));
  return `${whole.slice(0, mark)}?${kept.join('&')}`;
}

function nameOf(parameter: string): string {
  return [...new URLSearchParams(parameter).keys()][0] ?? '';
}
