import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { AlwaysOffSampler, type ReadableSpan, TracerProvider } from '@opentelemetry/sdk-trace';
import { expect } from 'chai';
import { Deadline } from '../../src/deadline.ts';
import { startRequestSpan } from '../../src/telemetry/request-span.ts';
import type { UnwrapResult } from '../../src/unwrap/result.ts';
import { unwrap } from '../../src/unwrap/unwrap.ts';
import { portsOver } from '../support/ports.ts';
import { startTracing } from '../support/tracing.ts';
import { hopReport, unwrapResult } from '../support/unwrap-result.ts';
import { unwrapRequest } from '../support/unwrap-request.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

const start = 'https://a.example/v?token=secret';

async function spansOf(
  pages: Readonly<Record<string, string>>,
): Promise<{ spans: readonly ReadableSpan[]; result: UnwrapResult }> {
  const tracing = startTracing();
  const span = startRequestSpan(tracing.tracing, { method: 'POST', route: '/v1/unwrap', headers: {} });
  const deadline = Deadline.after(1000);
  const result = await unwrap(unwrapRequest({ url: start }), deadline, portsOver(pages), span.trace);
  deadline.cancel();
  span.end({ httpStatus: 200, result, error: null });
  return { spans: tracing.spans(), result };
}

describe('the spans of a request', () => {
  it('say what was asked for on the debug page', () => {
    const { tracing, spans } = startTracing();
    for (const route of ['/debug', '/v1/unwrap']) {
      startRequestSpan(tracing, { method: 'POST', route, headers: {} }).end({
        httpStatus: 303,
        result: null,
        error: null,
      });
    }
    expect(spans().map(({ attributes }) => attributes['vast.debug'])).to.deep.equal([true, undefined]);
  });

  it('are a server span, a hop for each document as siblings, and a GET below each', async () => {
    const { spans } = await spansOf({
      'https://a.example/v': vast(wrapperAd({ uri: 'https://b.example:8443/v' })),
      'https://b.example:8443/v': vast(inLineAd()),
    });
    const server = spans.find(({ kind }) => kind === SpanKind.SERVER)!;
    expect(server.name).to.equal('POST /v1/unwrap');
    expect(server.attributes).to.include({
      'vast.status': 'resolved',
      'vast.wrappers': 1,
      'http.response.status_code': 200,
    });
    const hops = spans.filter(({ name }) => name === 'vast.hop');
    expect(hops.map(({ parentSpanContext }) => parentSpanContext?.spanId)).to.deep.equal(
      [0, 1].map(() => server.spanContext().spanId),
    );
    expect(hops.map(({ attributes }) => attributes['server.address'])).to.deep.equal(['a.example', 'b.example']);
    expect(hops[1]!.attributes).to.include({
      'server.port': 8443,
      'vast.hop.kind': 'inline',
      'vast.hop.outcome': 'ok',
    });
    const gets = spans.filter(({ kind }) => kind === SpanKind.CLIENT);
    expect(gets.map(({ parentSpanContext }) => parentSpanContext?.spanId)).to.deep.equal(
      hops.map((hop) => hop.spanContext().spanId),
    );
    expect(gets[0]!.attributes['url.full']).to.equal('https://a.example/v?token=REDACTED');
    expect(gets[0]!.attributes).not.to.have.property('vast.phase.tcp_ms');
    expect(spans.map(({ name }) => name)).to.include('vast.merge');
  });

  it('mark a failed hop, and leave the server span unset: it answered', async () => {
    const { spans } = await spansOf({});
    const hop = spans.find(({ name }) => name === 'vast.hop')!;
    expect(hop.status.code).to.equal(SpanStatusCode.ERROR);
    expect(hop.attributes).to.include({ 'error.type': 'http-status', 'vast.hop.kind': 'failed' });
    const server = spans.find(({ kind }) => kind === SpanKind.SERVER)!;
    expect(server.status.code).to.equal(SpanStatusCode.UNSET);
    expect(server.attributes).to.include({ 'vast.status': 'unreachable', 'vast.error_code': 301 });
  });

  it('are not written anywhere with the query values of a URL', async () => {
    const { spans } = await spansOf({ 'https://a.example/v': vast(inLineAd()) });
    expect(JSON.stringify(spans.map(({ attributes, status }) => ({ attributes, status })))).not.to.contain('secret');
  });

  it('cost nothing where the request is not sampled: no link for later hits either', () => {
    const provider = new TracerProvider({ sampler: new AlwaysOffSampler(), spanProcessors: [] });
    const tracing = { tracer: provider.getTracer('test'), onEnd: () => expect.fail('no span'), textLimit: 256 };
    const span = startRequestSpan(tracing, { method: 'POST', route: '/v1/unwrap', headers: {} });
    expect(span.trace.hop(0, 1).link).to.equal(null);
    expect(span.traceresponse).to.match(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
  });

  it('say who asked', () => {
    const { tracing, spans } = startTracing();
    const incoming = { method: 'POST', route: '/debug', headers: {} };
    const context = { bidder: 'dsp1', accountId: 'p9' };
    const outcome = { httpStatus: 303, result: unwrapResult(), error: null, context };
    startRequestSpan(tracing, incoming).end(outcome);
    expect(spans()[0]!.attributes).to.include({
      'vast.bidder': 'dsp1',
      'vast.account.id': 'p9',
      'vast.slowest_hop.host': 'ads.example',
      'vast.slowest_hop.ms': 12.06,
    });
  });

  it('have one of their own for each bid and each look at a media file', () => {
    const { tracing, spans } = startTracing();
    const request = startRequestSpan(tracing, { method: 'POST', route: '/v1/unwrap', headers: {} });
    const bid = request.trace.bid({ impid: '1', bidder: 'dsp1' });
    bid.trace.probe({ mode: 'wait', host: 'cdn.example:8443' }).end('read', hopReport().exchanges);
    bid.end(unwrapResult());
    const [get, probe, bidSpan] = spans();
    expect(probe!.attributes).to.deep.equal({
      'server.address': 'cdn.example',
      'server.port': 8443,
      'vast.probe.mode': 'wait',
      'vast.probe.outcome': 'read',
    });
    expect(get!.parentSpanContext?.spanId).to.equal(probe!.spanContext().spanId);
    expect(probe!.parentSpanContext?.spanId).to.equal(bidSpan!.spanContext().spanId);
    expect(bidSpan!.attributes).to.include({ 'vast.bid.impid': '1', 'vast.bidder': 'dsp1', 'vast.status': 'resolved' });
  });

  it('take no caller who left for an error', () => {
    const { tracing, spans } = startTracing();
    const request = startRequestSpan(tracing, { method: 'POST', route: '/v1/unwrap', headers: {} });
    const [exchange] = hopReport().exchanges;
    const cancelled = { kind: 'failed', error: 'cancelled' } as const;
    const report = hopReport({ ...cancelled, exchanges: [{ ...exchange!, error: 'cancelled' }] });
    request.trace.hop(0, 50).end(report, null);
    request.end({ httpStatus: null, result: null, error: null });
    const codes = spans().map(({ status }) => status.code);
    expect(codes).to.deep.equal([SpanStatusCode.UNSET, SpanStatusCode.UNSET, SpanStatusCode.UNSET]);
  });
});
