import { SpanKind, SpanStatusCode, trace, type Context, type Span, type Tracer } from '@opentelemetry/api';
import { redactUrl } from '../redact-url.ts';
import type { HopSpan, SpanLink } from '../unwrap/ports.ts';
import type { Exchange, HopReport } from '../unwrap/result.ts';
import { known } from './names.ts';

/**
 * Starts the span of a hop, below `parent`. Its HTTP requests become spans once it is over, made from their reports with
 * the times that were measured, so that nothing has to follow a request about.
 */
export function traceHop(tracer: Tracer, parent: Context, index: number, remainingMs: number): HopSpan {
  const attributes = known({ 'vast.hop.index': index, 'vast.deadline.remaining_ms': rounded(remainingMs) });
  const span = tracer.startSpan('vast.hop', { kind: SpanKind.INTERNAL, attributes }, parent);
  return {
    link: linkTo(span),
    end: (report, cause) => {
      if (span.isRecording()) {
        describeHop(span, report);
        const own = span.spanContext().spanId;
        if (cause !== null && cause.spanId !== own) span.addLink({ context: cause });
        const context = trace.setSpan(parent, span);
        for (const [resend, exchange] of report.exchanges.entries()) {
          traceExchange(tracer, context, report.index, resend, exchange);
        }
      }
      span.end();
    },
  };
}

function linkTo(span: Span): SpanLink | null {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return span.isRecording() ? { traceId, spanId, traceFlags } : null;
}

function describeHop(span: Span, report: HopReport): void {
  span.setAttributes(
    known({
      ...serverOf(report.host),
      'vast.hop.slot': report.slot,
      'vast.hop.kind': report.kind,
      'vast.hop.outcome': report.error ?? 'ok',
      'vast.version': report.version,
      'vast.ad_system': report.adSystem,
      'vast.cache.result': report.cache,
      'vast.trackers': report.trackers,
      'error.type': report.error,
    }),
  );
  if (report.error !== null) span.setStatus({ code: SpanStatusCode.ERROR, message: report.error });
}

function traceExchange(tracer: Tracer, context: Context, index: number, resend: number, exchange: Exchange): void {
  const { phases } = exchange;
  const attributes = known({
    ...serverOf(exchange.host),
    'http.request.method': 'GET',
    'url.full': redactUrl(exchange.url),
    'http.request.resend_count': resend === 0 ? null : resend,
    'http.response.status_code': exchange.httpStatus,
    'http.response.body.size': exchange.bytes,
    'network.peer.address': exchange.peerAddress,
    'vast.hop.index': index,
    'vast.connection.reused': exchange.reused,
    'vast.phase.dns_ms': rounded(phases.dns),
    'vast.phase.tcp_ms': rounded(phases.tcp),
    'vast.phase.tls_ms': rounded(phases.tls),
    'vast.phase.ttfb_ms': rounded(phases.ttfb),
    'vast.phase.download_ms': rounded(phases.download),
    'error.type': exchange.error,
  });
  const span = tracer.startSpan('GET', { kind: SpanKind.CLIENT, startTime: exchange.startedAt, attributes }, context);
  if (exchange.error !== null) span.setStatus({ code: SpanStatusCode.ERROR, message: exchange.error });
  span.end(exchange.endedAt);
}

function serverOf(host: string | null): { 'server.address'?: string; 'server.port'?: number } {
  if (host === null) return {};
  const port = /:(\d+)$/.exec(host)?.[1];
  return port === undefined
    ? { 'server.address': host }
    : { 'server.address': host.slice(0, -port.length - 1), 'server.port': Number(port) };
}

/** To a hundredth of a millisecond: more is noise. */
function rounded(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 100) / 100;
}
