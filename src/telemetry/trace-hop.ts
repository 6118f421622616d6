import { type SpanContext, SpanKind } from '@opentelemetry/api';
import { FAILURES } from '../chain/failure.ts';
import type { HopSpan, ProbeSpan, SpanLink, Trace } from '../unwrap/ports.ts';
import type { Exchange, HopReport } from '../unwrap/result.ts';
import { contextBelow, endSpan, type SpanScope } from './ended-span.ts';
import { rounded, type SpanAttributes, SPANS } from './names.ts';
import type { SpanUrl } from './span-url.ts';

/**
 * Starts the span of a hop. Its HTTP requests become spans once it is over, made from their reports with the times
 * that were measured, so that nothing has to follow a request about.
 */
export function traceHop(scope: SpanScope, spanUrl: SpanUrl, index: number, remainingMs: number): HopSpan {
  const startedAt = performance.now();
  const context = contextBelow(scope.parent);
  const { traceId, spanId, traceFlags } = context;
  return {
    link: { traceId, spanId, traceFlags },
    end: (report, cause) => {
      traceExchanges(scope, spanUrl, context, report.exchanges, index);
      endSpan(scope, {
        name: SPANS.hop.name,
        kind: SpanKind.INTERNAL,
        context,
        startedAt,
        endedAt: report.startedAt + report.ms,
        attributes: attributesOf(report, index, remainingMs, scope.tracing.textLimit),
        error: report.error,
        cause: causeOf(context, cause),
      });
    },
  };
}

/** Starts the span of a look at a media file. */
export function traceProbe(
  scope: SpanScope,
  spanUrl: SpanUrl,
  { mode, host }: Parameters<Trace['probe']>[0],
): ProbeSpan {
  const startedAt = performance.now();
  const context = contextBelow(scope.parent);
  return {
    end: (outcome, exchanges) => {
      traceExchanges(scope, spanUrl, context, exchanges, null);
      endSpan(scope, {
        name: SPANS.probe.name,
        kind: SpanKind.INTERNAL,
        context,
        startedAt,
        endedAt: performance.now(),
        attributes: { ...serverOf(host), 'vast.probe.mode': mode, 'vast.probe.outcome': outcome },
        error: null,
        cause: null,
      });
    },
  };
}

/** The hop that fetched a reply explains those that used it again. */
function causeOf({ spanId }: SpanContext, cause: SpanLink | null): SpanLink | null {
  return cause?.spanId === spanId ? null : cause;
}

function attributesOf(report: HopReport, index: number, remainingMs: number, textLimit: number): SpanAttributes {
  return {
    'vast.hop.index': index,
    'vast.deadline.remaining_ms': rounded(remainingMs),
    ...serverOf(report.host),
    'vast.own_delay_ms': rounded(report.ownDelayMs),
    'vast.hop.slot': report.slot,
    'vast.hop.kind': report.kind,
    'vast.hop.outcome': hopOutcome(report),
    'vast.version': report.version,
    'vast.ad_system': copied(report.adSystem, textLimit),
    'vast.cache.result': report.cache,
    'vast.trackers': report.trackers,
    'error.type': report.error,
  };
}

/** In memory of its own: a part of a document keeps all of it for as long as the span waits for its batch. */
function copied(text: string | null, limit: number): string | null {
  return text === null ? null : Buffer.from(text.slice(0, limit)).toString();
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
  scope: SpanScope,
  spanUrl: SpanUrl,
  parent: SpanContext,
  exchanges: readonly Exchange[],
  hopIndex: number | null,
): void {
  if (exchanges.length === 0) return;
  const below = { ...scope, parent };
  for (const [resend, exchange] of exchanges.entries()) {
    endSpan(below, {
      name: SPANS.get.name,
      kind: SpanKind.CLIENT,
      context: contextBelow(parent),
      startedAt: exchange.startedAt,
      endedAt: exchange.endedAt,
      attributes: attributesOfGet(exchange, spanUrl, hopIndex, resend),
      error: exchange.error,
      cause: null,
    });
  }
}

function attributesOfGet(
  exchange: Exchange,
  spanUrl: SpanUrl,
  hopIndex: number | null,
  resend: number,
): SpanAttributes {
  const { phases } = exchange;
  return {
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
  };
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
