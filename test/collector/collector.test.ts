import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'yaml';
import { DURATION_BUCKETS } from '../../src/telemetry/metrics.ts';
import { ATTRIBUTES } from '../../src/telemetry/names.ts';
import { startAdServer } from '../support/ad-server.ts';
import { type Collector, COLLECTOR_CONFIG, runnableConfig, startCollector } from '../support/collector.ts';
import { type OtlpReceiver, type ReceivedSpan, startOtlpReceiver } from '../support/otlp-receiver.ts';
import { startServiceProcess, type UnwrapAnswer } from '../support/service-process.ts';
import { eventually, requireTool, temporaryFolder } from '../support/tools.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

const [FAST, SLOW, BROKEN] = ['127.0.0.2', '127.0.0.3', '127.0.0.4'];
const SECRETS = {
  email: 'jane.doe@mail.example',
  consent: 'CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA',
  unlisted: 'unlisted-secret',
};
const QUICK_REQUESTS = 1000;

describe('otel-collector.yaml, run by a real collector', () => {
  const scope = new AsyncDisposableStack();
  let otelcol: string;
  let collector: Collector;
  let backend: OtlpReceiver;
  const answers: Record<'fast' | 'slow' | 'broken', readonly UnwrapAnswer[]> = { fast: [], slow: [], broken: [] };
  let exemplars: readonly string[];
  let metrics: readonly string[];

  before(async function () {
    otelcol = requireTool(this, 'otelcol');
    const folder = scope.use(temporaryFolder());
    backend = scope.use(await startOtlpReceiver());
    collector = scope.use(await startCollector(otelcol, runnableConfig(folder.path), backend.endpoint));
    await load();
    await plantSecrets();
    const traces = (): ReadonlySet<string> => new Set(backend.spans.map(({ traceId }) => traceId));
    const wanted = [...answers.slow, ...answers.broken].map(({ traceId }) => traceId);
    await eventually(() => Promise.resolve(wanted.every((traceId) => traces().has(traceId))), 'the traces to be kept');
    await eventually(() => Promise.resolve(backend.spans.some(({ name }) => name === 'planted')), 'the planted span');
    metrics = await eventually(async () => {
      const lines = (await collector.metrics()).split('\n');
      return lines.some((line) => line.startsWith('vast_unwrap_duration_seconds_count')) && lines;
    }, 'the metrics of the service');
  });
  after(() => scope.disposeAsync());

  /** Real unwraps by a service of its own: quick ones, ones of a slow ad server, ones of a broken ad server. */
  async function load(): Promise<void> {
    await using fast = await startAdServer({ '/ad.xml': vast(inLineAd()) }, FAST);
    await using slow = await startAdServer({ '/ad.xml': { body: vast(inLineAd()), delayHeadersMs: 110 } }, SLOW);
    await using broken = await startAdServer({ '/ad.xml': { status: 500 } }, BROKEN);
    await using service = await startServiceProcess({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
      OTEL_BSP_SCHEDULE_DELAY: '100',
      OTEL_BSP_MAX_QUEUE_SIZE: '20000',
      CACHE_DEFAULT_TTL_MS: '0',
    });
    // each its own URL: those of one URL would share a fetch
    const times = (count: number, base: string): Promise<UnwrapAnswer[]> =>
      Promise.all(
        Array.from({ length: count }, (_, index) => service.unwrap({ url: `${base}/ad.xml?n=${index}`, tmax: 1000 })),
      );
    answers.slow = await times(20, slow.base);
    answers.broken = await times(4, broken.base);
    // they are there for one flush
    exemplars = await eventually(async () => {
      const lines = (await collector.metrics()).split('\n');
      const found = lines.filter((line) => line.includes(`server_address="${SLOW}"`) && line.includes('# {'));
      return found.length > 0 && found;
    }, 'exemplars');
    const adm = vast(inLineAd());
    const quick: UnwrapAnswer[] = await times(4, fast.base);
    while (quick.length < QUICK_REQUESTS)
      quick.push(...(await Promise.all(Array.from({ length: 4 }, () => service.unwrap({ adm })))));
    answers.fast = quick;
    await service.stop();
  }

  /** Spans as a service that does not redact would send them: one with an error, one of the debug page, so both are kept. */
  async function plantSecrets(): Promise<void> {
    const attribute = (key: string, stringValue: string): object => ({ key, value: { stringValue } });
    const nano = `${Date.now()}000000`;
    const common = { spanId: 'f'.repeat(16), kind: 1, startTimeUnixNano: nano, endTimeUnixNano: nano };
    const leaky = {
      ...common,
      traceId: 'e'.repeat(32),
      name: 'planted',
      status: { code: 2 },
      attributes: [
        attribute('user.name', SECRETS.unlisted),
        attribute('vast.ad_system', SECRETS.email),
        attribute('url.full', `https://ads.example/v?gdpr_consent=${SECRETS.consent}`),
        attribute('vast.status', 'resolved'),
      ],
    };
    const debug = {
      ...common,
      traceId: 'd'.repeat(32),
      name: 'POST /debug',
      attributes: [{ key: 'vast.debug', value: { boolValue: true } }],
    };
    const resource = { attributes: [attribute('process.command', SECRETS.unlisted)] };
    const body = { resourceSpans: [{ resource, scopeSpans: [{ spans: [leaky, debug] }] }] };
    const response = await fetch(`${collector.endpoint}/v1/traces`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status).to.equal(200);
  }

  it('is valid', () => {
    using folder = temporaryFolder();
    execFileSync(otelcol, ['validate', '--config', runnableConfig(folder.path)], { stdio: 'pipe' });
  });

  it('counts every hop per ad server, in buckets round the deadline', () => {
    const bucketsOf = (host: string): readonly (readonly [string, number])[] =>
      metrics
        .filter((line) => line.startsWith('traces_span_metrics_duration_seconds_bucket{'))
        .filter((line) => line.includes(`server_address="${host}"`) && line.includes('span_name="vast.hop"'))
        .map((line) => [/le="(.*?)"/.exec(line)![1]!, Number(/} (\d+)/.exec(line)![1])] as const);
    const slow = bucketsOf(SLOW);
    expect(slow.map(([bound]) => Number(bound.replace('+Inf', 'Infinity')))).to.deep.equal([
      ...DURATION_BUCKETS,
      Infinity,
    ]);
    expect(slow.find(([bound]) => bound === '0.1')![1]).to.equal(0);
    expect(slow.at(-1)![1]).to.equal(answers.slow.length);
    expect(bucketsOf(FAST).at(-1)![1]).to.equal(4);
  });

  it('counts failures by what they are', () => {
    const line = metrics.find(
      (each) =>
        each.startsWith('traces_span_metrics_calls_total{') &&
        each.includes(`server_address="${BROKEN}"`) &&
        each.includes('span_name="vast.hop"'),
    );
    expect(line).to.contain('error_type="http-status"').and.contain('vast_hop_outcome="unreachable"');
    expect(line).to.match(/} 4(\.0)?$/);
  });

  it('gives exemplars: a bucket of the slow host leads to a trace of it', () => {
    const traceIds = exemplars.map((line) => /trace_id="([0-9a-f]{32})"/.exec(line)?.[1]);
    expect(answers.slow.map(({ traceId }) => traceId)).to.include.members(traceIds);
  });

  it('takes the metrics of the service under the names that /metrics has', () => {
    const names = new Set(metrics.map((line) => line.replace(/[{ ].*/s, '')));
    expect([...names]).to.include.members(['vast_hop_duration_seconds_bucket', 'vast_unwrap_duration_seconds_count']);
  });

  it('draws edges from the service to ad servers, which send no spans of their own', async () => {
    const edges = await eventually(async () => {
      const lines = (await collector.metrics()).split('\n');
      const found = lines.filter((line) => /^traces_service_graph_request_total\{.*client="vast-unwrap"/.test(line));
      return [FAST, SLOW, BROKEN].every((host) => found.some((line) => line.includes(`server="${host}"`))) && found;
    }, 'the edges');
    for (const edge of edges) expect(edge).to.contain('connection_type="virtual_node"');
    expect(edges.find((edge) => edge.includes(`server="${SLOW}"`))).to.match(
      new RegExp(`} ${answers.slow.length}(\\.0)?$`),
    );
  });

  it('keeps every slow and every failed chain, whole', () => {
    for (const { traceId } of [...answers.slow, ...answers.broken]) {
      const names = backend.spans.filter((span) => span.traceId === traceId).map(({ name }) => name);
      expect(names).to.include.members(['POST /v1/unwrap', 'vast.hop', 'GET']);
    }
  });

  it('keeps every run of the debug page', async () => {
    expect(await backend.received('POST /debug')).to.have.lengthOf(1);
  });

  it('keeps about 1 % of the rest', () => {
    const isQuick = (spans: readonly ReceivedSpan[]): boolean =>
      spans.every(({ status, startMs, endMs }) => status !== 2 && endMs - startMs <= 75);
    const unwraps = backend.spans.filter(({ resource }) => resource['service.name'] === 'vast-unwrap');
    const traces = [...Map.groupBy(unwraps, ({ traceId }) => traceId).values()];
    // 10 of 1,000 are to be expected: none, or more than 30, has a chance of 1 in 20,000
    expect(traces.filter(isQuick)).to.have.lengthOf.within(1, 30);
  });

  it('redacts what a service should not have sent', () => {
    const sent = [...backend.bodies.map((body) => body.toString('latin1')), ...metrics].join('\n');
    for (const secret of Object.values(SECRETS)) expect(sent).not.to.contain(secret);
    const planted = backend.spans.find(({ name }) => name === 'planted')!;
    expect(planted.attributes).to.deep.equal({
      'vast.ad_system': '****',
      'url.full': 'https://ads.example/v?gdpr_consent=****',
      'vast.status': 'resolved',
    });
  });
});

describe('otel-collector.yaml', () => {
  it('lets through every attribute that the service has, and no other of its own', () => {
    const { processors } = parse(readFileSync(COLLECTOR_CONFIG, 'utf8')) as {
      readonly processors: { readonly redaction: { readonly allowed_keys: readonly string[] } };
    };
    const ofResource = /^(service|telemetry|deployment)\./;
    const allowed = processors.redaction.allowed_keys.filter((key) => !ofResource.test(key));
    expect(allowed.toSorted()).to.deep.equal(Object.keys(ATTRIBUTES).toSorted());
  });
});
