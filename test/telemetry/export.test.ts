import { expect } from 'chai';
import { startAdServer } from '../support/ad-server.ts';
import { prometheusName } from '../../src/telemetry/names.ts';
import { type ReceivedSpan, startOtlpReceiver } from '../support/otlp-receiver.ts';
import { startServiceProcess, type ServiceProcess } from '../support/service-process.ts';
import { eventually } from '../support/tools.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

/** Telemetry as it leaves a service that is a process of its own, read back from the wire. */
const exportingTo = (endpoint: string, more: Readonly<Record<string, string>> = {}): Promise<ServiceProcess> =>
  startServiceProcess({
    OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_BSP_SCHEDULE_DELAY: '50',
    ...more,
  });

/** What is read of metrics as JSON [opentelemetry-proto, metrics.proto]. */
type PushedPoint = {
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, string | number>> }[];
  readonly asDouble?: number;
  readonly count?: number;
  readonly sum?: number;
  readonly bucketCounts?: readonly number[];
  readonly explicitBounds?: readonly number[];
};
type Pushed = {
  readonly resourceMetrics: readonly {
    readonly scopeMetrics: readonly {
      readonly scope: { readonly name: string };
      readonly metrics: readonly {
        readonly name: string;
        readonly unit: string;
        readonly sum?: { readonly dataPoints: readonly PushedPoint[] };
        readonly histogram?: { readonly dataPoints: readonly PushedPoint[] };
      }[];
    }[];
  }[];
};

/** Counters and histograms of a push, as Prometheus has them: `name{label="value"} number`. */
function linesOfPush(body: Buffer): readonly string[] {
  const { resourceMetrics } = JSON.parse(body.toString()) as Pushed;
  const scopes = resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics);
  expect(new Set(scopes.map(({ scope }) => scope.name))).to.deep.equal(new Set(['vast-unwrap']));
  return scopes
    .flatMap(({ metrics }) => metrics)
    .flatMap(({ name, unit, sum, histogram }) =>
      (sum ?? histogram)?.dataPoints.flatMap((point) => linesOfPoint(prometheusName(name, unit), point)),
    )
    .filter((line) => line !== undefined);
}

function linesOfPoint(name: string, { attributes, ...point }: PushedPoint): readonly string[] {
  const labels = attributes.map(({ key, value }) => `${key.replaceAll('.', '_')}="${Object.values(value)[0]}"`);
  const line = (suffix: string, value: number, more: readonly string[] = []): string => {
    const all = [...labels, ...more].join(',');
    return `${name}${suffix}${all && `{${all}}`} ${value}`;
  };
  if (point.asDouble !== undefined) return [line('_total', point.asDouble)];
  let count = 0;
  const buckets = point.bucketCounts!.map((each, index) => {
    count += each;
    return line('_bucket', count, [`le="${point.explicitBounds![index] ?? '+Inf'}"`]);
  });
  return [line('_count', point.count!), line('_sum', point.sum!), ...buckets];
}

const CHAIN = {
  '/0.xml': vast(wrapperAd({ uri: '{{base}}/1.xml' })),
  '/1.xml': vast(wrapperAd({ uri: '{{base}}/moved.xml' })),
  // a redirect that may be kept: a 302 without a word about caching may hide a decision
  '/moved.xml': { redirect: '{{base}}/2.xml', status: 301 },
  '/2.xml': vast(inLineAd()),
};

describe('telemetry as it leaves the process', function () {
  // each starts a process, the last one three that wait for a collector in vain
  it('is a staircase: a server span, a hop per document, a GET per HTTP request, with links from kept replies', async () => {
    await using ads = await startAdServer(CHAIN);
    await using receiver = await startOtlpReceiver();
    await using service = await exportingTo(receiver.endpoint);

    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const first = await service.unwrap({ url: `${ads.base}/0.xml`, tmax: 1000 }, { traceparent });
    expect(first).to.include({ status: 'resolved', traceId: 'a'.repeat(32) });
    const second = await service.unwrap({ url: `${ads.base}/0.xml`, tmax: 1000 });
    await receiver.received('POST /v1/unwrap', 2);

    const spansOf = (traceId: string): readonly ReceivedSpan[] =>
      receiver.spans.filter((span) => span.traceId === traceId);
    const spans = spansOf(first.traceId).toSorted((a, b) => a.startMs - b.startMs);
    const server = spans.find(({ name }) => name === 'POST /v1/unwrap')!;
    expect(server).to.include({ kind: 2, parentSpanId: 'b'.repeat(16), status: 0 });
    expect(server.attributes).to.include({ 'vast.status': 'resolved', 'vast.wrappers': 2, 'http.route': '/v1/unwrap' });
    const hops = spans.filter(({ name }) => name === 'vast.hop');
    expect(hops.map(({ attributes }) => attributes['vast.hop.index'])).to.deep.equal([0, 1, 2]);
    expect(hops.map(({ parentSpanId }) => parentSpanId)).to.deep.equal(hops.map(() => server.spanId));
    hops.slice(1).forEach((hop, index) => expect(hop.startMs).to.be.at.least(hops[index]!.endMs - 0.1));
    const gets = spans.filter(({ kind }) => kind === 3);
    expect(gets.map(({ parentSpanId }) => hops.findIndex(({ spanId }) => spanId === parentSpanId))).to.deep.equal([
      0, 1, 2, 2,
    ]);
    expect(gets.map(({ attributes }) => attributes['http.request.resend_count'])).to.deep.equal([
      undefined,
      undefined,
      undefined,
      1,
    ]);
    expect(gets.map(({ attributes }) => attributes['vast.connection.reused'])).to.deep.equal([false, true, true, true]);
    expect(gets[0]!.attributes).to.include.keys('vast.phase.tcp_ms', 'vast.phase.ttfb_ms', 'network.peer.address');
    expect(gets[1]!.attributes).not.to.have.any.keys('vast.phase.dns_ms', 'vast.phase.tcp_ms', 'vast.phase.tls_ms');
    for (const get of gets) {
      const hop = hops.find(({ spanId }) => spanId === get.parentSpanId)!;
      expect(get.startMs).to.be.within(hop.startMs - 0.1, hop.endMs + 0.1);
      expect(get.endMs).to.be.at.most(hop.endMs + 0.1);
    }

    // wrappers are not kept without a word of their servers; the InLine is
    const again = spansOf(second.traceId);
    const kept = again.filter(({ attributes }) => attributes['vast.cache.result'] === 'hit');
    expect(kept.map(({ links }) => links)).to.deep.equal([[{ traceId: first.traceId, spanId: hops[2]!.spanId }]]);
    expect(again.filter(({ parentSpanId }) => parentSpanId === kept[0]!.spanId)).to.deep.equal([]);
  });

  it('leads from those who waited for the same fetch to the one who made it', async () => {
    await using ads = await startAdServer({ '/slow.xml': { body: vast(inLineAd()), delayHeadersMs: 100 } });
    await using receiver = await startOtlpReceiver();
    await using service = await exportingTo(receiver.endpoint);
    const ask = (): Promise<unknown> => service.unwrap({ url: `${ads.base}/slow.xml`, tmax: 1000 });
    await Promise.all([ask(), ask(), ask()]);
    const hops = await receiver.received('vast.hop', 3);
    const [get, ...more] = await receiver.received('GET');
    expect(more).to.deep.equal([]);
    const fetching = hops.find(({ spanId }) => spanId === get!.parentSpanId)!;
    const waiting = hops.filter((hop) => hop !== fetching);
    expect(waiting.map(({ attributes }) => attributes['vast.cache.result'])).to.deep.equal(['coalesced', 'coalesced']);
    const link = { traceId: fetching.traceId, spanId: fetching.spanId };
    expect(waiting.map(({ links }) => links)).to.deep.equal([[link], [link]]);
  });

  it('marks GET and hop of a deadline as an error, and not the server span: it answered', async () => {
    await using ads = await startAdServer({ '/hang.xml': { hang: 'before-headers' } });
    await using receiver = await startOtlpReceiver();
    await using service = await exportingTo(receiver.endpoint);
    await service.unwrap({ url: `${ads.base}/hang.xml`, tmax: 1000 });
    await receiver.received('POST /v1/unwrap');
    const ends = Object.fromEntries(
      receiver.spans.map((span) => [span.name, [span.status, span.attributes['error.type']]]),
    );
    expect(ends).to.include.keys('vast.hop', 'GET');
    expect(ends['vast.hop']).to.deep.equal([2, 'timeout']);
    expect(ends['GET']).to.deep.equal([2, 'timeout']);
    expect(ends['POST /v1/unwrap']).to.deep.equal([0, undefined]);
  });

  it('holds nothing of a person, and nothing of it goes to an ad server', async () => {
    const canaries = ['203.0.113.77', 'CANARY-UA', 'CANARYCONSENT', 'canary-ifa', 'canary-token', 'canary-user'];
    await using ads = await startAdServer(CHAIN);
    await using receiver = await startOtlpReceiver();
    await using service = await exportingTo(receiver.endpoint, {
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_METRIC_EXPORT_INTERVAL: '100',
      LOG_REQUESTS: 'all',
    });
    const request = {
      device: { ip: '203.0.113.77', ua: 'CANARY-UA', ifa: 'canary-ifa' },
      user: { consent: 'CANARYCONSENT' },
      regs: { gdpr: 1 },
      tmax: 1000,
    };
    const url = `${ads.base}/0.xml?token=canary-token&ip=[DEVICEIP]&ua=[DEVICEUA]&ifa=[IFA]&consent=[GDPRCONSENT]`;
    await service.unwrap({ ...request, url }, { baggage: 'user=canary-user', tracestate: 'x=canary-user' });
    await service.unwrap({ ...request, url: url.replace('http://', 'http://canary-user:canary-token@') });
    await service.unwrap({ ...request, url: `${ads.base}/absent.xml?token=canary-token` });
    await receiver.received('POST /v1/unwrap', 3);
    const metrics = await (await fetch(new URL('/metrics', service.admin))).text();
    await service.stop();

    expect(receiver.requests.map(({ path }) => path)).to.include('/v1/metrics');
    const told = [...receiver.bodies.map((body) => body.toString('latin1')), metrics, service.output()].join('\n');
    expect(told).to.contain('REDACTED');
    expect(service.output()).to.contain('"msg":"request"');
    // tracestate is the caller's own and goes with its trace; everything else must not
    const leaked = canaries.filter((canary) => told.replaceAll('x=canary-user', '').includes(canary));
    expect(leaked).to.deep.equal([]);
    expect(ads.requests).to.have.lengthOf.above(0);
    for (const { headers } of ads.requests)
      expect(headers).not.to.have.any.keys('traceparent', 'tracestate', 'baggage');
  });

  it('pushes the counters and histograms that are scraped', async () => {
    await using ads = await startAdServer(CHAIN);
    await using receiver = await startOtlpReceiver();
    await using service = await exportingTo(receiver.endpoint, {
      OTEL_METRICS_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: 'http/json',
      OTEL_METRIC_EXPORT_INTERVAL: '50',
    });
    // often enough for the ad server to be called by its name
    for (let time = 0; time < 4; time += 1) await service.unwrap({ url: `${ads.base}/0.xml`, tmax: 1000 });
    await service.unwrap({ url: `${ads.base}/absent.xml`, tmax: 1000 });
    const scrape = async (): Promise<readonly string[]> =>
      (await (await fetch(new URL('/metrics', service.admin))).text()).split('\n');
    const all = 'http_server_request_duration_seconds_count{http_request_method="POST",http_route="/v1/unwrap"';
    const isCounted = async (): Promise<boolean> =>
      (await scrape()).some((line) => line.startsWith(all) && line.endsWith(' 5'));
    await eventually(isCounted, 'all requests to be counted');
    const pushes = (): readonly Buffer[] =>
      receiver.bodies.filter((_, index) => receiver.requests[index]!.path === '/v1/metrics');
    const before = pushes().length;
    const pushed = await eventually(() => Promise.resolve(pushes()[before + 1]), 'a push that began after that');
    const scraped = await scrape();

    // what the process itself does goes on meanwhile
    const isOfUnwraps = (line: string): boolean => /^(vast|http)_/.test(line);
    const ofPush = linesOfPush(pushed).filter(isOfUnwraps);
    expect(scraped).to.include.members([...ofPush]);
    const counted = scraped.filter((line) => isOfUnwraps(line) && /_(total|count|sum|bucket)\b/.test(line));
    expect(ofPush).to.have.members(counted);
    expect(ofPush).to.include.members([
      'vast_unwrap_duration_seconds_count{vast_status="resolved"} 4',
      'vast_cache_requests_total{result="hit"} 3',
      'vast_shed_total 0',
    ]);
    expect(
      ofPush.some((line) => line.startsWith('vast_hop_duration_seconds_bucket{server_address="127.0.0.1"')),
    ).to.equal(true);
  });

  it('is every hundredth request where the sampler says so, and every one of a caller who samples', async () => {
    await using receiver = await startOtlpReceiver();
    await using service = await exportingTo(receiver.endpoint, {
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.01',
    });
    const adm = vast(inLineAd());
    for (let batch = 0; batch < 30; batch += 1)
      await Promise.all(Array.from({ length: 20 }, () => service.unwrap({ adm })));
    const traceparent = `00-${'c'.repeat(32)}-${'d'.repeat(16)}-01`;
    await service.unwrap({ adm }, { traceparent });
    await receiver.received('POST /v1/unwrap');
    await service.stop();
    const servers = receiver.spans.filter(({ name }) => name === 'POST /v1/unwrap');
    expect(servers.map(({ traceId }) => traceId)).to.include('c'.repeat(32));
    // 600 requests at 1 %: more than 30 has a chance of one in 10^12
    expect(servers).to.have.lengthOf.within(1, 31);
  });

  it('costs spans and no requests where the collector is gone, fails or hangs', async () => {
    const adm = vast(inLineAd());
    await using failing = await startOtlpReceiver({ status: 503 });
    await using hanging = await startOtlpReceiver({ delayMs: 60_000 });
    const endsWell = async (endpoint: string): Promise<void> => {
      const queue = { OTEL_BSP_MAX_QUEUE_SIZE: '64', OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '16' };
      await using service = await exportingTo(endpoint, queue);
      // a cold process takes so long for its first requests that a burst of them may be shed
      for (let warming = 0; warming < 5; warming += 1) await service.unwrap({ adm });
      for (let batch = 0; batch < 20; batch += 1) {
        const answers = await Promise.all(Array.from({ length: 5 }, () => service.unwrap({ adm, tmax: 1000 })));
        expect(answers.map(({ status }) => status)).to.deep.equal(answers.map(() => 'resolved'));
      }
      await service.stop();
      expect(service.child.exitCode).to.equal(0);
    };
    await Promise.all(['http://127.0.0.1:9', failing.endpoint, hanging.endpoint].map(endsWell));
  });
});
