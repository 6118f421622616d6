import { type Context, type Span, SpanStatusCode, SpanKind, trace as traceApi, type Tracer } from '@opentelemetry/api';
import { FAILURES, type FailureReason } from '../chain/failure.ts';
import type { HopSpan, ProbeSpan, SpanLink, Trace } from '../unwrap/ports.ts';
import type { Exchange, HopReport } from '../unwrap/result.ts';
import { describe, rounded, SPANS } from './names.ts';
import type { SpanUrl } from './span-url.ts';

/** What the spans of one request have in common. */
export type SpanScope = {
  readonly tracer: Tracer;
  /** The context that holds the parent. It is passed on by hand: nothing looks it up. */
  readonly parent: Context;
  /** What makes a time of `performance.now()` one since the epoch, in ms: the same for a whole trace, so its spans fit. */
  readonly epochMs: number;
  readonly spanUrl: SpanUrl;
};

/**
 * Starts the span of a hop. Its HTTP requests become spans once it is over, made from their reports with the times
 * that were measured, so that nothing has to follow a request about.
 */
export function traceHop(scope: SpanScope, index: number, remainingMs: number): HopSpan {
  const { tracer, parent, epochMs } = scope;
  const span = tracer.startSpan(SPANS.hop.name, { startTime: epochMs + performance.now() }, parent);
  const { traceId, spanId, traceFlags } = span.spanContext();
  return {
    link: { traceId, spanId, traceFlags },
    end: (report, cause) => {
      traceExchanges(scope, span, report.exchanges, index);
      describeHop(span, report, index, remainingMs);
      if (cause !== null) linkToCause(span, cause);
      span.end(epochMs + report.startedAt + report.ms);
    },
  };
}

/** Starts the span of a look at a media file. */
export function traceProbe(scope: SpanScope, { mode, host }: Parameters<Trace['probe']>[0]): ProbeSpan {
  const { tracer, parent, epochMs } = scope;
  const span = tracer.startSpan(SPANS.probe.name, { startTime: epochMs + performance.now() }, parent);
  return {
    end: (outcome, exchanges) => {
      traceExchanges(scope, span, exchanges, null);
      describe(span, { ...serverOf(host), 'vast.probe.mode': mode, 'vast.probe.outcome': outcome });
      span.end(epochMs + performance.now());
    },
  };
}

/** The hop that fetched a reply explains those that used it again. */
function linkToCause(span: Span, cause: SpanLink): void {
  if (cause.spanId !== span.spanContext().spanId) span.addLink({ context: cause });
}

function describeHop(span: Span, report: HopReport, index: number, remainingMs: number): void {
  describe(span, {
    'vast.hop.index': index,
    'vast.deadline.remaining_ms': rounded(remainingMs),
    ...serverOf(report.host),
    'vast.own_delay_ms': rounded(report.ownDelayMs),
    'vast.hop.slot': report.slot,
    'vast.hop.kind': report.kind,
    'vast.hop.outcome': hopOutcome(report),
    'vast.version': report.version,
    'vast.ad_system': report.adSystem,
    'vast.cache.result': report.cache,
    'vast.trackers': report.trackers,
    'error.type': report.error,
  });
  markError(span, report.error);
}

/** `ok`, or the status that the failure leads to: few enough words for a label. */
export function hopOutcome({ error }: HopReport): string {
  return error === null ? 'ok' : FAILURES[error].status;
}

/**
 * Makes the span of each request of a hop, or of a look at a media file.
 *
 * @param hopIndex null where they belong to no hop, and none of them follows a redirect of another
 */
function traceExchanges(
  { tracer, parent, epochMs, spanUrl }: SpanScope,
  above: Span,
  exchanges: readonly Exchange[],
  hopIndex: number | null,
): void {
  if (exchanges.length === 0) return;
  const below = traceApi.setSpan(parent, above);
  for (const [resend, exchange] of exchanges.entries()) {
    const { phases } = exchange;
    const startTime = epochMs + exchange.startedAt;
    const span = tracer.startSpan(SPANS.get.name, { kind: SpanKind.CLIENT, startTime }, below);
    describe(span, {
      ...serverOf(exchange.host),
      'http.request.method': 'GET',
      'url.full': spanUrl(exchange.url),
      'http.request.resend_count': hopIndex === null || resend === 0 ? null : resend,
      'http.response.status_code': exchange.httpStatus,
      'http.response.body.size': exchange.bytes,
      'network.peer.address': exchange.peerAddress,
      'vast.hop.index': hopIndex,
      'vast.own_delay_ms': rounded(exchange.ownDelayMs),
      'vast.connection.reused': exchange.reused,
      'vast.phase.dns_ms': rounded(phases.dns),
      'vast.phase.tcp_ms': rounded(phases.tcp),
      'vast.phase.tls_ms': rounded(phases.tls),
      'vast.phase.ttfb_ms': rounded(phases.ttfb),
      'vast.phase.download_ms': rounded(phases.download),
      'error.type': exchange.error,
    });
    markError(span, exchange.error);
    span.end(epochMs + exchange.endedAt);
  }
}

/** A caller who went away is nobody's error: the status stays unset. */
function markError(span: Span, error: FailureReason | null): void {
  if (error !== null && error !== 'cancelled') span.setStatus({ code: SpanStatusCode.ERROR, message: error });
}

/** `ads.example:8443` as the conventions have it: the name and, where it is not the scheme's own, the port. */
export function serverOf(host: string | null): { readonly 'server.address'?: string; readonly 'server.port'?: number } {
  if (host === null) return {};
  const address = addressOf(host);
  if (address === host) return { 'server.address': host };
  return { 'server.address': address, 'server.port': Number(host.slice(address.length + 1)) };
}

/** The name or address of a host, without its port. */
export function addressOf(host: string): string {
  const colon = host.lastIndexOf(':');
  // the colons of an IPv6 address stand in brackets
  return colon === -1 || host.endsWith(']') ? host : host.slice(0, colon);
}
