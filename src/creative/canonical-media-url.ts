import { firstForHost } from '../host-pattern.ts';
import type { MediaUrlRule, MediaUrlRules } from './media-url-rules.ts';

/** A path that ends so names a file: nothing in the query does. */
const FILE =
  /\.(mp4|m4v|m4a|mov|webm|ogv|ogg|mp3|aac|wav|flv|3gp|mpe?g|ts|m3u8|mpd|jpe?g|png|gif|webp|avif|svg|js|html?)$/i;

/** Query parameters that sign a URL or differ from request to request: their names without case and separators. */
const VOLATILE =
  /^(xamz.*|xgoog.*|expires?|exp|expiry|sig|signature|token|hmac|hash|policy|keypairid|awsaccesskeyid|googleaccessid|se|st|sv|sr|spr|hdn.*|ip|ipbits|cb|cachebuster|cachebusting|cachebreaker|nocache|rnd|rand|random|ord|ts|timestamp|time|correlator|nonce|uuid|guid|sid|sessionid?|session|uid|userid|reqid|requestid|auctionid|bidid|impid|clickid|gclid|dclid|utm.*|gdpr.*|gpp.*|usprivacy|consent|ua|useragent|referrer|ref)$/;

/** Segments and parameters of a URL; no media host needs nearly as many. A document may hold a hundred thousand. */
const MOST_PARTS = 200;

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/**
 * A media URL as host and path, without what changes from request to request: the same for the same file, whoever asks.
 * Null where nothing of it names a file, or it has more parts than are looked at.
 */
export function canonicalMediaUrl(url: string, rules: MediaUrlRules): string | null {
  const parsed = URL.parse(url.trim());
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return null;
  if (parsed.href.split(/[/&]/, MOST_PARTS + 1).length > MOST_PARTS) return null;
  const hostname = parsed.hostname.replace(/\.$/, '');
  const rule = firstForHost(rules, hostname);
  if (rule?.opaque) return null;
  const segments = rule === undefined ? segmentsOf(parsed) : pathBy(rule, segmentsOf(parsed));
  const query = parsed.search === '' ? '' : queryBy(rule, parsed, FILE.test(segments.at(-1) ?? ''));
  if (segments.length === 0 && query === '') return null;
  const host = rule?.as ?? (parsed.port === '' ? hostname : `${hostname}:${parsed.port}`);
  return `${host}/${segments.join('/')}${query === '' ? '' : `?${query}`}`;
}

/** Of a path with parameters (`/a;v=1/b`) only the path. */
const segmentsOf = ({ pathname }: URL): readonly string[] => pathname.split('/').filter((each) => each !== '');

function pathBy({ after, from, skip }: MediaUrlRule, segments: readonly string[]): readonly string[] {
  const named = after.flatMap((name) => {
    const at = segments.indexOf(name);
    return at === -1 || segments[at + 1] === undefined ? [] : [name, segments[at + 1]!];
  });
  if (named.length > 0) return named;
  const begin = from === null ? -1 : segments.indexOf(from);
  return segments.slice(Math.max(0, begin)).filter((each) => !skip.some((start) => each.startsWith(start)));
}

/** The parameters that name the file, sorted: nobody promises their order. */
function queryBy(rule: MediaUrlRule | undefined, { searchParams }: URL, isFile: boolean): string {
  const names = rule?.query ?? null;
  if (names === null && isFile) return '';
  const kept = [...searchParams].filter(([name, value]) =>
    names === null ? value !== '' && !VOLATILE.test(plain(name)) : names.includes(name),
  );
  return new URLSearchParams(kept.toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)))).toString();
}
