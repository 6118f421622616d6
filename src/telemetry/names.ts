// The names of everything that leaves the process as a span, an attribute or a metric. A name that is not in a table
// here does not compile; the tables of docs/tracing.md are made from them.

type SpanRow = { readonly name: string; readonly kind: 'SERVER' | 'INTERNAL' | 'CLIENT'; readonly about: string };

export const SPANS = {
  server: { name: '{method} {route}', kind: 'SERVER', about: 'One request to the service, such as `POST /v1/unwrap`.' },
  bid: { name: 'vast.bid', kind: 'INTERNAL', about: 'One bid of an OpenRTB response.' },
  hop: { name: 'vast.hop', kind: 'INTERNAL', about: 'One document of a chain. A kept reply has no child, but a link.' },
  get: { name: 'GET', kind: 'CLIENT', about: 'One HTTP request to an ad server; a redirect is another one.' },
  probe: { name: 'vast.probe', kind: 'INTERNAL', about: 'A look at a media file; a GET for each part that was read.' },
  merge: { name: 'vast.merge', kind: 'INTERNAL', about: 'What the wrappers ask for goes into the InLine.' },
  validate: { name: 'vast.validate', kind: 'INTERNAL', about: 'The result is held against the rules and the `imp`.' },
} as const satisfies Record<string, SpanRow>;

type AttributeRow = { readonly on: readonly (keyof typeof SPANS)[]; readonly about: string };

/** Names without `vast.` are those of the semantic conventions of OpenTelemetry. */
export const ATTRIBUTES = {
  'http.request.method': { on: ['server', 'get'], about: 'The method.' },
  'http.route': { on: ['server'], about: 'The path as it is registered.' },
  'url.path': { on: ['server'], about: 'The same: no path of this service holds a value.' },
  'url.scheme': { on: ['server'], about: '`http`.' },
  'http.response.status_code': { on: ['server', 'get'], about: 'Absent where no reply came.' },
  'vast.status': { on: ['server', 'bid'], about: 'How the unwrap ended: the `status` of the answer.' },
  'vast.error_code': { on: ['server', 'bid'], about: 'The VAST error code, where there is one.' },
  'vast.wrappers': { on: ['server', 'bid'], about: 'Wrappers read on the way to the ad.' },
  'vast.deadline.budget_ms': { on: ['server', 'bid'], about: 'The time that the whole request had.' },
  'vast.deadline.remaining_ms': {
    on: ['server', 'bid', 'hop'],
    about: 'What was left: at the end of a request, at the start of a hop.',
  },
  'vast.slowest_hop.host': { on: ['server', 'bid'], about: 'The host of the hop that took longest.' },
  'vast.slowest_hop.ms': { on: ['server', 'bid'], about: 'How long that one took.' },
  'vast.bidder': { on: ['server', 'bid'], about: '`context.bidder` of the request, or the seat of the bid.' },
  'vast.account.id': {
    on: ['server', 'bid'],
    about: '`context.accountId` of the request, or `site.publisher.id` or `app.publisher.id`.',
  },
  'vast.bid.impid': { on: ['bid'], about: '`bid.impid`.' },
  'vast.debug': { on: ['server'], about: 'True for a request of the debug page: always kept by tail sampling.' },
  'vast.hop.index': { on: ['hop', 'get'], about: 'The depth in the chain, 0 for the first document.' },
  'vast.hop.slot': { on: ['hop'], about: 'The slot of a pod, from 0; absent outside one.' },
  'vast.hop.kind': { on: ['hop'], about: '`wrapper`, `inline`, `empty` or `failed`.' },
  'vast.hop.outcome': {
    on: ['hop'],
    about: '`ok`, or the status that the failure of this hop leads to, such as `timeout`.',
  },
  'vast.own_delay_ms': {
    on: ['hop', 'get'],
    about:
      'How late the event loop of the service was within the hop; of a `GET`, how long what came may have waited for it.',
  },
  'vast.probe.mode': { on: ['probe'], about: '`wait`, or `background` where no answer waited for it.' },
  'vast.probe.outcome': {
    on: ['probe'],
    about: 'What the media file turned out to be: `read`, `late`, `unreachable`, `unreadable` or `unknown`.',
  },
  'server.address': { on: ['hop', 'get', 'probe'], about: 'The host that was asked, without port.' },
  'server.port': { on: ['hop', 'get', 'probe'], about: 'Its port.' },
  'vast.version': { on: ['hop'], about: 'The version of the document, as it is treated.' },
  'vast.ad_system': { on: ['hop'], about: 'AdSystem of its first ad.' },
  'vast.cache.result': { on: ['hop'], about: '`given`, `miss`, `hit`, `coalesced` or `shared`.' },
  'vast.trackers': { on: ['hop'], about: 'Tracking URLs in the document.' },
  'url.full': { on: ['get'], about: 'The URL with the values of its query redacted.' },
  'http.request.resend_count': {
    on: ['get'],
    about: 'Which redirect of the hop this request follows; absent on the first.',
  },
  'http.response.body.size': { on: ['get'], about: 'Bytes of the body, as on the wire.' },
  'network.peer.address': { on: ['get'], about: 'The address that the socket was connected to.' },
  'vast.connection.reused': {
    on: ['get'],
    about: 'Was a kept connection used? Then there is no DNS, TCP and TLS time.',
  },
  'vast.phase.dns_ms': { on: ['get'], about: 'Looking up the name.' },
  'vast.phase.tcp_ms': { on: ['get'], about: 'Connecting.' },
  'vast.phase.tls_ms': { on: ['get'], about: 'The TLS handshake.' },
  'vast.phase.ttfb_ms': { on: ['get'], about: 'From the request to the first byte of the reply.' },
  'vast.phase.download_ms': { on: ['get'], about: 'From the first byte to the last.' },
  'error.type': { on: ['server', 'hop', 'get'], about: 'What went wrong, in one word, such as `timeout`.' },
} as const satisfies Record<string, AttributeRow>;

export type AttributeName = keyof typeof ATTRIBUTES;

type Value = string | number | boolean;

/** Attributes of a span. What is null or undefined is left out. */
export type SpanAttributes = { readonly [Name in AttributeName]?: Value | null | undefined };

/**
 * The attributes that have a value.
 *
 * @param textLimit characters of a text at most
 */
export function known(attributes: SpanAttributes, textLimit = Infinity): Record<string, Value> {
  const having: Record<string, Value> = {};
  for (const name in attributes) {
    const value = attributes[name as AttributeName];
    if (value === null || value === undefined) continue;
    having[name] = typeof value === 'string' && value.length > textLimit ? value.slice(0, textLimit) : value;
  }
  return having;
}

type MetricRow = {
  readonly type: 'histogram' | 'counter' | 'gauge';
  /** `s` and `By` are written behind the name in Prometheus. */
  readonly unit: 's' | 'By' | '1';
  readonly labels: readonly string[];
  readonly about: string;
  /** How the values of several processes make one; a sum unless said. */
  readonly across?: 'highest';
};

/** Every metric. `server.address` is the name of the 200 busiest hosts, and `_other` for the rest. */
export const METRICS = {
  'http.server.request.duration': {
    type: 'histogram',
    unit: 's',
    labels: ['http.request.method', 'http.route', 'http.response.status_code'],
    about: 'Requests to the service.',
  },
  'http.client.request.duration': {
    type: 'histogram',
    unit: 's',
    labels: ['http.request.method', 'server.address', 'error.type'],
    about: 'HTTP requests to ad servers and media hosts, redirects counted on their own.',
  },
  'vast.phase.time': {
    type: 'counter',
    unit: 's',
    labels: ['server.address', 'vast.phase'],
    about: 'Time spent in dns, tcp, tls, ttfb and download.',
  },
  'vast.hop.duration': {
    type: 'histogram',
    unit: 's',
    labels: ['server.address', 'vast.hop.outcome', 'vast.hop.kind'],
    about: 'Hops that asked an ad server: what one waited for it.',
  },
  'vast.hop.depth.duration': {
    type: 'histogram',
    unit: 's',
    labels: ['vast.hop.index'],
    about: 'The same by depth in the chain.',
  },
  'vast.probe.duration': {
    type: 'histogram',
    unit: 's',
    labels: ['server.address', 'vast.probe.outcome'],
    about: 'Looks at media files, of which each asks its host a few times.',
  },
  'vast.probe.looks': {
    type: 'counter',
    unit: '1',
    labels: ['vast.probe.mode', 'vast.probe.outcome'],
    about: 'The same, by whether an answer waited for them.',
  },
  'vast.unwrap.duration': {
    type: 'histogram',
    unit: 's',
    labels: ['vast.status'],
    about: 'Unwraps from the first line of the request to the result.',
  },
  'vast.deadline.remaining': {
    type: 'histogram',
    unit: 's',
    labels: ['vast.status'],
    about: 'What was left of the deadline when the result was there.',
  },
  'vast.wrappers': { type: 'histogram', unit: '1', labels: [], about: 'Wrappers read per unwrap.' },
  'vast.documents.size': {
    type: 'gauge',
    unit: 'By',
    labels: [],
    about: 'What the documents of requests under way weigh; where they take all their room, hops end with `memory`.',
  },
  'vast.cache.requests': { type: 'counter', unit: '1', labels: ['result'], about: 'Hops by what the cache said.' },
  'vast.cache.size': {
    type: 'gauge',
    unit: 'By',
    labels: [],
    about: 'What the cache holds: documents, and what follows from them.',
  },
  'vast.cache.entries': { type: 'gauge', unit: '1', labels: [], about: 'Documents in the cache.' },
  'vast.cache.evictions': { type: 'counter', unit: '1', labels: [], about: 'Documents that had to make room.' },
  'vast.cache.stale': {
    type: 'counter',
    unit: '1',
    labels: [],
    about: 'Documents in the cache that were asked for when they were no longer fresh.',
  },
  'vast.cache.conclusions.size': {
    type: 'gauge',
    unit: 'By',
    labels: [],
    about: 'The part of it that is answers to chains of cached documents, ready to be sent.',
  },
  'vast.cache.conclusions.hits': {
    type: 'counter',
    unit: '1',
    labels: [],
    about: 'Chains of cached documents whose answer was remembered.',
  },
  'vast.cache.conclusions.misses': {
    type: 'counter',
    unit: '1',
    labels: [],
    about: 'Chains of cached documents whose answer had to be worked out.',
  },
  'vast.cache.shared.connected': {
    type: 'gauge',
    unit: '1',
    labels: [],
    about: 'Connections to the shared cache; absent without CACHE_URL.',
  },
  'vast.errors': { type: 'counter', unit: '1', labels: ['code'], about: 'Unwraps that ended with a VAST error code.' },
  'vast.error_urls.dropped': {
    type: 'counter',
    unit: '1',
    labels: [],
    about: 'Error URLs that were not fired: over a limit of FIRE_MAX_*, or their host was left alone.',
  },
  'vast.creative.drifts': {
    type: 'counter',
    unit: '1',
    labels: ['kind'],
    about:
      'Creatives that came with other media, duration, advertiser or landing domain than when they were first seen.',
  },
  'vast.bids': {
    type: 'counter',
    unit: '1',
    labels: ['vast.account.id', 'vast.bidder', 'vast.status'],
    about: 'Bids of BidResponses, by publisher, seat and how their unwrap ended.',
  },
  'vast.watch.bad': {
    type: 'gauge',
    unit: '1',
    labels: [],
    about: 'Tags of WATCH_FILE that are bad, by their last check; absent without it.',
  },
  'vast.watch.turned_bad': {
    type: 'counter',
    unit: '1',
    labels: [],
    about: 'How often a tag of WATCH_FILE has turned bad; absent without it.',
  },
  'vast.shed': { type: 'counter', unit: '1', labels: [], about: 'Requests refused for overload.' },
  'vast.inflight': { type: 'gauge', unit: '1', labels: [], about: 'Requests under way.' },
  'vast.breaker.open': { type: 'gauge', unit: '1', labels: [], about: 'Hosts that are left alone for failing.' },
  'nodejs.eventloop.delay.p99': {
    type: 'gauge',
    unit: 's',
    labels: [],
    about: 'Time between two timers 10 ms apart, of the last 30 to 60 s: what is above 10 ms is how late they fired.',
    across: 'highest',
  },
  'nodejs.eventloop.time': {
    type: 'counter',
    unit: 's',
    labels: ['nodejs.eventloop.state'],
    about: 'What the event loop was `active` and `idle`: the share of active is how busy the process is.',
  },
  'process.cpu.time': {
    type: 'counter',
    unit: 's',
    labels: ['cpu.mode'],
    about: 'CPU time of the process, threads included: `user` and `system`.',
  },
  'process.memory.usage': { type: 'gauge', unit: 'By', labels: [], about: 'Resident memory.' },
  'process.uptime': {
    type: 'gauge',
    unit: 's',
    labels: [],
    about: 'How long the process has been running; of several, the oldest.',
    across: 'highest',
  },
  'v8js.memory.heap.used': {
    type: 'gauge',
    unit: 'By',
    labels: ['v8js.heap.space.name'],
    about: 'What objects take in each space of the heap.',
  },
  'v8js.memory.heap.limit': {
    type: 'gauge',
    unit: 'By',
    labels: [],
    about: 'What the heap may grow to before the process ends: `--max-old-space-size` and the young generation.',
  },
  'v8js.gc.duration': {
    type: 'histogram',
    unit: 's',
    labels: ['v8js.gc.type'],
    about: 'Pauses of the garbage collector: `minor`, `major`, `incremental` or `weakcb`.',
  },
  'vast.build.info': {
    type: 'gauge',
    unit: '1',
    labels: ['service.version', 'process.runtime.version'],
    about: 'Always 1: the version of the service, and of Node.',
    across: 'highest',
  },
} as const satisfies Record<string, MetricRow>;

export type MetricName = keyof typeof METRICS;

const UNIT_SUFFIXES: Readonly<Record<string, string>> = { s: '_seconds', By: '_bytes' };

/**
 * The name of a metric in Prometheus, but for the `_total` of counters: with its unit, as the specification of
 * OpenTelemetry for Prometheus has it and as the collector writes it, so that one query fits both.
 */
export function prometheusName(name: string, unit: string): string {
  return name.replaceAll('.', '_') + (UNIT_SUFFIXES[unit] ?? '');
}

/** To a hundredth of a millisecond: more is noise. */
export function rounded(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 100) / 100;
}
