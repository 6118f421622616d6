import type { Freshness, Redirect } from '../unwrap/ports.ts';
import { child } from '../vast/element.ts';
import type { VastDocument } from '../vast/document.ts';
import { readCacheControl, type CacheControl } from './cache-control.ts';
import { cacheKey } from './cache-key.ts';
import { ruleFor, type CacheRules } from './cache-rules.ts';

/** Nothing is kept for longer, whatever was said. */
const MAX_MS = 300_000;
/** An answer without an ad is kept for so long at most, and for so long where nothing was said. */
const NEGATIVE_MAX_MS = 5000;
const NEGATIVE_DEFAULT_MS = 1000;

type Headers = (name: string) => string | null;

/**
 * Why an exchange may never be given to another. Stricter than a shared HTTP cache has to be [RFC 9111, 3]: what is kept
 * here is an ad, and an ad that was chosen for one person shows that person to others.
 */
const REFUSALS: readonly ((header: Headers, control: CacheControl) => boolean)[] = [
  (_, { names }) => names.has('no-store') || names.has('no-cache') || names.has('private'),
  (header) => header('set-cookie') !== null,
  (header) => !/^[\s,]*(accept-encoding[\s,]*)*$/i.test(header('vary') ?? ''),
];

/** What lets others have a reply that was got with credentials [RFC 9111, 3.5]. */
const FOR_OTHERS: readonly string[] = ['public', 's-maxage', 'must-revalidate'];

/** Redirects that may be kept though they do not say so [RFC 9110, 15.1]. Any other is a decision of that moment. */
const PERMANENT: readonly number[] = [301, 308];

export type FreshnessSettings = {
  /** How long a document is kept of which nothing was said, in ms. */
  readonly defaultTtlMs: number;
  /** Asked each time: they may be read again. */
  readonly rules: () => CacheRules;
};

/**
 * Says how long a reply may be used again. The first of these that says something decides:
 *
 * 1. what forbids it,
 * 2. the operator's rule,
 * 3. what the headers say,
 * 4. what the document says (`Expires` of an InLine, VAST 4.1 and later),
 * 5. the default.
 *
 * The last two count only where the headers say nothing and nothing of a device was sent. The default never counts for
 * wrappers: those are decisions, not creatives. A reply that was got with credentials of the operator is for others
 * only where it says so, or where the operator's rule does. What is kept is the way to the document too: each redirect
 * on it is held against the same list, by its own host's rule, and the shortest lifetime counts.
 *
 * @param now wall clock, in ms since the epoch
 */
export function createFreshness({ defaultTtlMs, rules }: FreshnessSettings, now: () => number): Freshness {
  /** What an exchange says of itself, in ms: null where it says nothing. */
  const statedOf = ({ url, headers, withCredentials }: Omit<Redirect, 'httpStatus'>): number | null => {
    const header = readerOf(headers);
    const control = readCacheControl(header('cache-control') ?? '');
    if (REFUSALS.some((refuses) => refuses(header, control))) return 0;
    const known = rules();
    const rule = known.length === 0 ? null : ruleFor(URL.parse(url)?.hostname ?? '', known);
    if (rule?.ttlMs != null) return rule.ttlMs;
    if (withCredentials === true && !FOR_OTHERS.some((name) => control.names.has(name))) return 0;
    return statedBy(header, control, now);
  };
  const ageOf = ({ headers }: Pick<Redirect, 'headers'>): number => readAge(readerOf(headers)('age'));

  const lifetimeOfRedirect = (redirect: Redirect, isPersonal: boolean): number => {
    const statedMs = statedOf(redirect);
    if (statedMs !== null) return statedMs - ageOf(redirect);
    return PERMANENT.includes(redirect.httpStatus) && !isPersonal ? defaultTtlMs - ageOf(redirect) : 0;
  };

  return (request, reply, document) => {
    const statedMs = statedOf(reply);
    if (statedMs === 0) return 0;
    const ads = document?.ads ?? [];
    if (cacheKey(request, rules()) === null || ads.some(({ kind }) => kind === 'broken')) return 0;

    const isNegative = ads.length === 0;
    const validMs = document === null ? null : expiryOf(document);
    const isDecision = request.personal.headers || ads.some(({ kind }) => kind === 'wrapper');
    if (statedMs === null && isDecision) return 0;

    const unstatedMs = isNegative ? Math.min(defaultTtlMs, NEGATIVE_DEFAULT_MS) : (validMs ?? defaultTtlMs);
    const ownMs = Math.min(statedMs ?? unstatedMs, validMs ?? Infinity) - ageOf(reply);
    const wayMs = (reply.redirects ?? []).map((each) => lifetimeOfRedirect(each, request.personal.headers));
    return Math.max(0, Math.min(ownMs, ...wayMs, isNegative ? NEGATIVE_MAX_MS : MAX_MS));
  };
}

function readerOf(headers: Redirect['headers']): Headers {
  return (name) => {
    const value = headers[name];
    return value === undefined ? null : typeof value === 'string' ? value : value.join(', ');
  };
}

/** The lifetime that the headers give, in ms; null where they say nothing [RFC 9111, 4.2.1]. */
function statedBy(header: Headers, control: CacheControl, now: () => number): number | null {
  const seconds = control.seconds('s-maxage') ?? control.seconds('max-age');
  if (seconds !== null) return seconds * 1000;
  const expires = header('expires');
  if (expires !== null) {
    const from = Date.parse(header('date') ?? '');
    const until = Date.parse(expires);
    // "0" and other nonsense mean that it has expired already [RFC 9111, 5.3].
    return /^[a-z]{3}/i.test(expires) && !Number.isNaN(until) ? until - (Number.isNaN(from) ? now() : from) : 0;
  }
  return control.present || header('pragma') !== null ? 0 : null;
}

/** How old the reply was when it came, in ms; without end where Age makes no sense [RFC 9111, 5.1]. */
function readAge(header: string | null): number {
  if (header === null) return 0;
  const ages = header.split(',').map((each) => (/^\s*\d+\s*$/.test(each) ? Number(each) * 1000 : Infinity));
  return Math.max(...ages);
}

/** The shortest `Expires` of a document's ads, in ms [VAST 4.3, 3.4.10]; null where none has one. */
function expiryOf(document: VastDocument): number | null {
  const seconds = document.ads
    .filter(({ kind }) => kind === 'inline')
    .map(({ body }) => child(body, 'Expires')?.text ?? '')
    .filter((text) => /^-?\d+$/.test(text))
    .map(Number);
  return seconds.length === 0 ? null : Math.min(...seconds) * 1000;
}
