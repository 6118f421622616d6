import { redactUrl } from '../redact-url.ts';

/** What `url.full` of a span says of a URL. */
export type SpanUrl = (url: string) => string;

/**
 * Redacts the values of a query, but for those of hosts whose URLs are known to hold nothing of a person.
 *
 * @param openHosts host names without port
 */
export function createSpanUrl(openHosts: readonly string[]): SpanUrl {
  const open = new Set(openHosts.map((host) => host.toLowerCase()));
  return (url) => {
    const parsed = open.size === 0 ? null : URL.parse(url);
    if (parsed === null || !open.has(parsed.hostname)) return redactUrl(url);
    return `${parsed.protocol}//${parsed.host}${parsed.pathname}${parsed.search}`;
  };
}
