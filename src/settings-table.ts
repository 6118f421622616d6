import { isIP } from 'node:net';
import { parseCacheAddress } from './cache/cache-address.ts';
import { DEFAULT_ON_FAILURE, pairsOf, readPair } from './unwrap/on-failure.ts';
import { choice, flag, list, optional, ratio, share, type Setting, text, whole } from './setting.ts';

const MS = 'ms';
const BYTES = 'bytes';
const PEM_FILE = 'the path of a PEM file';

/** Every setting, an environment variable each. The `OTEL_*` variables are OpenTelemetry's own and are read by it. */
export const SETTINGS = {
  SETTINGS_FILE: optional(
    'A file of settings, a line `NAME=value` each, for what should change while the service runs: what stands in the environment too is taken from there.',
    'the path of a file',
    /./,
  ),
  HOST: text(
    '0.0.0.0',
    'Address of the public listener, which SSPs call.',
    'an IP address or a host name',
    /^[\w.:-]+$/,
  ),
  PORT: whole(8080, 0, 65535, 'Port of the public listener. 0 takes a free one.'),
  ADMIN_HOST: text(
    '127.0.0.1',
    'Address of the admin listener. Needs `ADMIN_TOKEN` where it is not loopback.',
    'an IP address or a host name',
    /^[\w.:-]+$/,
  ),
  ADMIN_PORT: whole(8081, 0, 65535, 'Port of the admin listener. 0 takes a free one.'),
  ADMIN_TOKEN: optional(
    'What a caller of the admin listener must show: Bearer, or HTTP Basic with the token as password.',
    'at least 16 printable characters without spaces',
    /^[\x21-\x7e]{16,}$/,
    { secret: true },
  ),
  TMAX_DEFAULT_MS: whole(100, 1, 600_000, 'The deadline of a request that names no `tmax`.', MS),
  TMAX_MAX_MS: whole(1000, 1, 600_000, 'The longest deadline that a caller may ask for.', MS),
  DEBUG_TMAX_MS: whole(5000, 1, 600_000, 'The deadline of the debug page.', MS),
  RESERVE_MS: whole(
    3,
    0,
    1000,
    'The least that is kept of each deadline to write the answer; what answers took lately where that is more, up to a fifth of the deadline.',
    MS,
  ),
  MAX_WRAPPERS: whole(5, 0, 64, 'Wrappers that may be read on the way to an ad.'),
  MAX_FETCHES: whole(16, 1, 256, 'Documents that may be fetched for one tag, so for one bid.'),
  MAX_BIDS: whole(
    100,
    1,
    10_000,
    'Bids of a BidResponse that are unwrapped, no more than `MAX_INFLIGHT`; those beyond pass unchanged and say so in `ext.unwrap`. For all of them together four times as many documents may be fetched.',
  ),
  EGRESS_ALLOW: list(
    'IP addresses, CIDR ranges or host names',
    [],
    'What the egress guard lets through though it is private, on any port. The operating system resolves names in it.',
    (written) => (isNetwork(written) || /^[a-z0-9_.-]+$/i.test(written) ? written.toLowerCase() : undefined),
  ),
  EGRESS_PORTS: list('ports', [80, 443, 8080, 8443], 'Ports that ad servers may be asked on.', (written) =>
    /^\d{1,5}$/.test(written) && Number(written) >= 1 && Number(written) <= 65535 ? Number(written) : undefined,
  ),
  EGRESS_CLIENT: choice(
    ['native', 'got'],
    'native',
    'The HTTP client that asks ad servers for documents: `native` is node:http, `got` costs more CPU. What no auction waits for (error pixels, looks at media files) always goes by got.',
  ),
  EGRESS_RULES: optional(
    'A JSON file that says how single hosts are asked: client certificate, headers, what they are told, how often: docs/egress-rules.md.',
    'the path of a file',
    /./,
  ),
  MAX_DOCUMENT_BYTES: whole(524_288, 1024, 67_108_864, 'The largest document of an ad server that is read.', BYTES),
  CACHE_MAX_BYTES: whole(67_108_864, 0, 17_179_869_184, 'What the cache of documents may hold.', BYTES),
  CACHE_DEFAULT_TTL_MS: whole(10_000, 0, 300_000, 'How long a document without any caching directive is kept.', MS),
  CACHE_RULES: optional('A JSON file with rules for the caching of certain hosts.', 'the path of a file', /./),
  MEDIA_URL_RULES: optional(
    'A JSON file with what names a file in the URLs of further media hosts, so that the same creative is known again: docs/creatives.md.',
    'the path of a file',
    /./,
  ),
  VALIDATION_RULES: optional(
    'A JSON file with another severity, or `off`, for single validation rules.',
    'the path of a file',
    /./,
  ),
  CACHE_SECRET: optional(
    'Signs what is written to `CACHE_URL`, so that nothing is taken from there that somebody else wrote. The same for all replicas.',
    'at least 16 printable characters without spaces',
    /^[\x21-\x7e]{16,}$/,
    { secret: true },
  ),
  CACHE_URL: optional(
    'A Redis or Valkey that replicas share documents, media verdicts and results of the debug page through.',
    'redis://user:password@host:6379, rediss:// for TLS, redis+cluster:// with hosts after one another, or redis+sentinel://host,host/master',
    (written) => parseCacheAddress(written) !== null,
    { secret: true },
  ),
  CACHE_USER: optional('The user of that server, in place of the one in `CACHE_URL`.', 'a name', /^\S+$/),
  CACHE_PASSWORD: optional('Its password, in place of the one in `CACHE_URL`.', 'a text', /./, { secret: true }),
  CACHE_SENTINEL_PASSWORD: optional('The password of the sentinels, where they have one.', 'a text', /./, {
    secret: true,
  }),
  CACHE_CA: optional('The authority of its certificate, where the usual ones do not know it.', PEM_FILE, /./),
  CACHE_CERT: optional('A certificate of our own, where it asks for one; needs `CACHE_KEY`.', PEM_FILE, /./),
  CACHE_KEY: optional('The key of that certificate.', PEM_FILE, /./),
  CACHE_PREFIX: text(
    'vast-unwrap',
    'What keys there begin with; another where several services share the server and should not share documents.',
    'letters, digits, dots, colons, braces and hyphens',
    /^[\w.:{}-]{1,64}$/,
  ),
  PROBE_DEFAULT: choice(
    ['off', 'background', 'wait'],
    'background',
    'How media files are looked at where the caller does not say.',
  ),
  PROBE_TIMEOUT_MS: whole(2000, 10, 60_000, 'How long a look at a media file may take.', MS),
  PROBE_PER_SECOND: whole(20, 1, 10_000, 'Media files that may be looked at within a second, for which nobody waits.'),
  PROBE_MAX_INFLIGHT: whole(16, 1, 1000, 'Media files that may be looked at at once, for which nobody waits.'),
  PROBE_MAX_PER_HOST: whole(4, 1, 64, 'The same for one host.'),
  MEDIA_VERDICT_TTL_MS: whole(
    3_600_000,
    0,
    86_400_000,
    'How long is kept what a media file was found to be; what failed is asked again after a minute.',
    MS,
  ),
  FIRE_MAX_PER_REQUEST: whole(
    40,
    0,
    1000,
    'Error URLs that are fired for one request with `fireErrors`; more are dropped.',
  ),
  FIRE_MAX_PER_HOST: whole(
    10,
    1,
    1000,
    'Of these, how many one host gets, and how many may be under way to a host at once.',
  ),
  SKIP_HOPELESS: flag(
    true,
    'Do not ask a host when less time is left than the fastest twentieth of its replies took, so that no ad server counts a decision that could not be used.',
  ),
  WARM_CONNECTIONS: flag(
    true,
    'Keep a connection ready to each host in steady use that has none: opened ahead of its next request, nothing sent.',
  ),
  SPAN_URL_HOSTS: list(
    'host names',
    [],
    'Hosts whose URLs stand in spans with the values of their query: they must hold nothing of a person.',
    (written) => (/^[a-z0-9_.-]+$/i.test(written) ? written.toLowerCase() : undefined),
  ),
  OVERLOAD: choice(['no-bid', 'error'], 'no-bid', 'The answer under overload: status `shed`, or 503 with Retry-After.'),
  HOST_MAX_INFLIGHT_SHARE: share(
    0.8,
    'The share of `MAX_INFLIGHT` that requests to one host may grow to while it answers. One that hangs comes down to eight.',
  ),
  MAX_INFLIGHT: whole(
    256,
    1,
    100_000,
    'Unwraps that may be under way at once, a batch counting each of its bids; what is beyond is shed. Less is let in where more would be late.',
  ),
  WORKERS: whole(1, 1, 256, 'Processes that share the public port.'),
  REPAIR: flag(
    false,
    'Mend documents that are not well-formed, where a request does not say; no player could show them.',
  ),
  FORWARD_TMAX: flag(false, 'Rewrite a `tmax=` in ad tag URIs to what is left of the deadline.'),
  MAX_BODY_BYTES: whole(
    1_048_576,
    1024,
    67_108_864,
    'The largest request body, gzip undone; more is answered with 413.',
    BYTES,
  ),
  CORS_ORIGINS: list(
    'origins such as https://player.example, or *',
    [],
    'The sites whose pages may call `/v1/unwrap` and `/v1/validate` from a browser.',
    (written) => (written === '*' || isOrigin(written.toLowerCase()) ? written.toLowerCase() : undefined),
  ),
  ON_FAILURE: list(
    'pairs such as timeout=collapse',
    [],
    `What becomes of a bid of \`/v1/openrtb2/unwrap\` without an ad where the caller does not say: ${pairsOf(DEFAULT_ON_FAILURE)}, with these pairs over it. \`keep\` leaves it as it came, \`collapse\` (for \`timeout\` and \`unreachable\`) makes it a shorter wrapper, \`drop\` takes it out.`,
    (written) => (readPair(written) === null ? undefined : written),
  ),
  NO_BID_STATUS: choice(
    ['200', '204'],
    '200',
    'The answer of `/v1/openrtb2/unwrap` where no bid is left: 200 with every loss, or 204 with nothing.',
  ),
  HEADER_TIMEOUT_MS: whole(10_000, 100, 600_000, 'How long a caller may take to send the headers of a request.', MS),
  KEEP_ALIVE_MS: whole(150_000, 0, 3_600_000, 'How long an idle connection of a caller is kept open.', MS),
  MAX_REQUESTS_PER_SOCKET: whole(
    0,
    0,
    1_000_000_000,
    'Requests after which a caller must connect again, so that load spreads over new replicas. 0 for no limit.',
  ),
  CONNECTION_SHED_RATIO: ratio(
    1.1,
    100,
    'With `WORKERS`: a worker that holds so many times the connections of its peers ends some, each with an answer that has an ad, until it does not. 0 for never.',
  ),
  WARM_UP_MS: whole(
    1500,
    0,
    10_000,
    'How long the process may send itself what callers will send before it listens: what was never run is slow. It ends earlier once nothing gets quicker. 0 for not at all.',
    MS,
  ),
  SHUTDOWN_DELAY_MS: whole(
    5000,
    0,
    600_000,
    'How long `/readyz` is 503 after SIGTERM before new connections are refused.',
    MS,
  ),
  HISTORY: choice(
    ['own', 'all', 'off'],
    'own',
    'The list of runs of the debug page at `/history`: those of the same browser, those of everybody who may open the admin listener, or none.',
  ),
  WATCH_FILE: optional(
    'A file with tags that are checked again and again, one a line or as CSV, 200 at most. Read anew each time.',
    'the path of a file',
    /./,
  ),
  WATCH_EVERY_MS: whole(3_600_000, 60_000, 86_400_000, 'How long after one check of `WATCH_FILE` the next begins.', MS),
  WATCH_WEBHOOK: optional(
    'Where a watched tag that turns bad, or well again, is told of: a POST with JSON. A private address has to be in `EGRESS_ALLOW`.',
    'an http:// or https:// URL',
    /^https?:\/\/\S+$/,
    { secret: true },
  ),
  LOG_LEVEL: choice(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'info', 'The least level logged.'),
  LOG_REQUESTS: choice(
    ['slow', 'all'],
    'slow',
    'Requests that have a line in the log: those that used over 80 % of their deadline, ten a second at most, or all.',
  ),
} as const satisfies Record<string, Setting<unknown>>;

export type SettingName = keyof typeof SETTINGS;

/** What a browser sends as `Origin`: scheme, host and port, no path. */
function isOrigin(written: string): boolean {
  return /^https?:/.test(written) && URL.parse(written)?.origin === written;
}

/** An address, or an address with the length of its prefix. */
function isNetwork(written: string): boolean {
  const [address = '', prefix, ...rest] = written.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}
