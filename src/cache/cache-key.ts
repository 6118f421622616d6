import type { TagRequest } from '../unwrap/ports.ts';
import { ruleFor, type CacheRules } from './cache-rules.ts';

/**
 * What two requests must have in common to be given the same reply; null where the reply is one impression's alone.
 *
 * The URL is all that counts of a request, since a reply that varies by a header is never kept. Requests with and
 * without headers of a device are kept apart: without them an ad server may answer something else that it calls
 * nothing in particular.
 */
export function cacheKey(request: TagRequest, rules: CacheRules): string | null {
  if (request.personal.url || hasCredentials(request)) return null;
  const audience = request.personal.headers ? 'device' : 'plain';
  return `${audience} ${withoutIgnored(withoutFragment(request.url), rules)}`;
}

function hasCredentials({ headers }: TagRequest): boolean {
  return Object.keys(headers).some((name) => /^(authorization|proxy-authorization|cookie)$/i.test(name));
}

function withoutFragment(url: string): string {
  const hash = url.indexOf('#');
  return hash === -1 ? url : url.slice(0, hash);
}

/** The URL without the query parameters that the operator says do not matter; the rest keeps its spelling. */
function withoutIgnored(url: string, rules: CacheRules): string {
  const mark = url.indexOf('?');
  if (mark === -1 || rules.length === 0) return url;
  const ignored = ruleFor(URL.parse(url)?.hostname ?? '', rules)?.ignoreQuery ?? [];
  if (ignored.length === 0) return url;
  const kept = url
    .slice(mark + 1)
    .split('&')
    .filter((parameter) => !ignored.includes(nameOf(parameter)));
  return `${url.slice(0, mark)}?${kept.join('&')}`;
}

function nameOf(parameter: string): string {
  return [...new URLSearchParams(parameter).keys()][0] ?? '';
}
