type Row = { readonly on: 'SERVER' | 'vast.hop' | 'GET' | 'vast.bid' | 'several'; readonly about: string };

/**
 * Every attribute that spans of this service carry. Those without `vast.` are of the OpenTelemetry semantic conventions
 * 1.45, spelled as they are there.
 */
export const ATTRIBUTES = {
  'http.request.method': { on: 'several', about: 'the method' },
  'http.route': { on: 'SERVER', about: 'the path as it is registered' },
  'http.response.status_code': { on: 'several', about: 'the HTTP status' },
  'url.path': { on: 'SERVER', about: 'the path' },
  'url.scheme': { on: 'SERVER', about: 'http' },
  'vast.status': { on: 'SERVER', about: 'how the unwrap ended, such as `resolved` or `timeout`' },
  'vast.error_code': { on: 'SERVER', about: 'the VAST error code; absent where there is none' },
  'vast.wrappers': { on: 'SERVER', about: 'wrappers read' },
  'vast.deadline.budget_ms': { on: 'SERVER', about: 'the deadline, ms' },
  'vast.deadline.remaining_ms': {
    on: 'several',
    about: 'what was left: of a hop at its start, of a request at its end, ms',
  },
  'vast.slowest_hop.host': { on: 'SERVER', about: 'the host of the hop that took longest' },
  'vast.slowest_hop.ms': { on: 'SERVER', about: 'how long that was, ms' },
  'vast.bidder': { on: 'several', about: '`context.bidder` of the request' },
  'vast.account.id': { on: 'SERVER', about: '`context.accountId` of the request' },
  'vast.debug': { on: 'SERVER', about: 'asked for on the debug page' },
  'vast.bid.impid': { on: 'vast.bid', about: '`bid.impid`' },
  'vast.hop.index': { on: 'several', about: 'depth of the hop, 0 for the first document' },
  'vast.hop.slot': { on: 'vast.hop', about: 'slot of a pod, from 0' },
  'vast.hop.kind': { on: 'vast.hop', about: '`wrapper`, `inline`, `empty` or `failed`' },
  'vast.hop.outcome': { on: 'vast.hop', about: '`ok`, or the word for what went wrong' },
  'vast.version': { on: 'vast.hop', about: 'the version of the document' },
  'vast.ad_system': { on: 'vast.hop', about: 'its AdSystem' },
  'vast.cache.result': { on: 'vast.hop', about: '`given`, `miss`, `hit`, `coalesced` or `shared`' },
  'vast.trackers': { on: 'vast.hop', about: 'tracking URLs in the document' },
  'server.address': { on: 'several', about: 'the host that was asked' },
  'server.port': { on: 'several', about: 'its port' },
  'url.full': { on: 'GET', about: 'scheme, host, path and query names; query values are redacted' },
  'http.request.resend_count': { on: 'GET', about: 'which redirect this request follows, from 1' },
  'http.response.body.size': { on: 'GET', about: 'body bytes as on the wire' },
  'network.peer.address': { on: 'GET', about: 'the address that was connected to' },
  'vast.connection.reused': { on: 'GET', about: 'was a kept connection used' },
  'vast.phase.dns_ms': { on: 'GET', about: 'resolving the name, ms; absent on a reused connection' },
  'vast.phase.tcp_ms': { on: 'GET', about: 'connecting, ms; absent on a reused connection' },
  'vast.phase.tls_ms': { on: 'GET', about: 'the TLS handshake, ms; absent on a reused connection and without TLS' },
  'vast.phase.ttfb_ms': { on: 'GET', about: 'from the request sent to the first byte of the reply, ms' },
  'vast.phase.download_ms': { on: 'GET', about: 'from the first byte to the last, ms' },
  'error.type': { on: 'several', about: 'the word for what went wrong, such as `timeout`' },
} as const satisfies Record<string, Row>;

export type AttributeName = keyof typeof ATTRIBUTES;

type Value = string | number | boolean;

/** Attributes of a span. What is null or undefined is left out. */
export type SpanAttributes = { readonly [Name in AttributeName]?: Value | null | undefined };

/** The attributes that have a value. */
export function known(attributes: SpanAttributes): Record<string, Value> {
  const entries = Object.entries(attributes).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(entries) as Record<string, Value>;
}
