import { join } from 'node:path';
import { expect } from 'chai';
import { startAdServer } from '../support/ad-server.ts';
import { startServiceProcess, type UnwrapAnswer } from '../support/service-process.ts';
import { eventually, freePort, requireTool, run } from '../support/tools.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

type JaegerSpan = {
  readonly spanID: string;
  readonly operationName: string;
  readonly references: readonly { readonly refType: string; readonly spanID: string }[];
  /** µs since the epoch. */
  readonly startTime: number;
  readonly duration: number;
  readonly tags: readonly { readonly key: string; readonly value: unknown }[];
};
type JaegerTrace = { readonly traceID: string; readonly spans: readonly JaegerSpan[] };

const tagOf = (span: JaegerSpan, name: string): unknown => span.tags.find(({ key }) => key === name)?.value;

describe('traces in a real Jaeger', () => {
  const scope = new AsyncDisposableStack();
  let query: string;
  let chain: UnwrapAnswer;
  let failed: UnwrapAnswer;
  /** Host names by which the ad servers are found. */
  const [first, last, broken] = ['127.0.0.5', '127.0.0.6', '127.0.0.7'];

  before(async function () {
    const jaeger = requireTool(this, 'jaeger');
    const [http, grpc, otlp] = await Promise.all([freePort(), freePort(), freePort()]);
    query = `http://127.0.0.1:${http}`;
    const server = scope.use(
      run(jaeger, ['--config', join(import.meta.dirname, '../../samples/compose/jaeger.yaml')], {
        QUERY_ADDRESS: `127.0.0.1:${http}`,
        GRPC_ADDRESS: `127.0.0.1:${grpc}`,
        OTLP_HTTP_ADDRESS: `127.0.0.1:${otlp}`,
      }),
    );
    await eventually(async () => (await fetch(`${query}/api/services`)).ok, 'Jaeger to answer').catch(
      (error: unknown) => {
        throw new Error(`Jaeger did not start:\n${server.output()}`, { cause: error });
      },
    );
    await unwrapSome(`http://127.0.0.1:${otlp}`);
  });
  after(() => scope.disposeAsync());

  async function unwrapSome(endpoint: string): Promise<void> {
    await using end = await startAdServer({ '/ad.xml': vast(inLineAd()) }, last);
    await using start = await startAdServer(
      {
        '/0.xml': vast(wrapperAd({ uri: '{{base}}/1.xml' })),
        '/1.xml': vast(wrapperAd({ uri: `${end.base}/ad.xml` })),
      },
      first,
    );
    await using dead = await startAdServer({ '/ad.xml': { status: 500 } }, broken);
    await using service = await startServiceProcess({
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_METRICS_EXPORTER: 'none',
    });
    chain = await service.unwrap({ url: `${start.base}/0.xml`, tmax: 1000 });
    failed = await service.unwrap({ url: `${dead.base}/ad.xml`, tmax: 1000 });
    await service.stop();
  }

  /** What its search finds, by tags as a person types them. */
  async function search(tags: object): Promise<readonly JaegerTrace[]> {
    const parameters = new URLSearchParams({ service: 'vast-unwrap', lookback: '1h', tags: JSON.stringify(tags) });
    const { data } = (await (await fetch(`${query}/api/traces?${parameters.toString()}`)).json()) as {
      readonly data: readonly JaegerTrace[];
    };
    return data;
  }

  it('show a three-hop chain as a staircase', async () => {
    const [trace] = await eventually(async () => {
      const response = await fetch(`${query}/api/traces/${chain.traceId}`);
      return response.ok && ((await response.json()) as { readonly data: readonly JaegerTrace[] }).data;
    }, 'the trace');
    const inTime = trace!.spans.toSorted((a, b) => a.startTime - b.startTime);
    const server = inTime.find(({ operationName }) => operationName === 'POST /v1/unwrap')!;
    const hops = inTime.filter(({ operationName }) => operationName === 'vast.hop');
    expect(hops.map((hop) => tagOf(hop, 'server.address'))).to.deep.equal([first, first, last]);
    expect(hops.map(({ references }) => references[0]?.spanID)).to.deep.equal(hops.map(() => server.spanID));
    hops.slice(1).forEach((hop, index) => {
      const above = hops[index]!;
      // Jaeger's times are whole microseconds
      expect(hop.startTime).to.be.at.least(above.startTime + above.duration - 2);
    });
    for (const hop of hops) {
      const gets = inTime.filter(({ references }) => references[0]?.spanID === hop.spanID);
      expect(gets.map(({ operationName }) => operationName)).to.deep.equal(['GET']);
      expect(gets[0]!.startTime).to.be.within(hop.startTime - 2, hop.startTime + hop.duration + 2);
    }
  });

  it('are found by the host that was asked', async () => {
    const found = await eventually(async () => {
      const traces = await search({ 'server.address': last });
      return traces.length > 0 && traces;
    }, 'a trace of the host');
    expect(found.map(({ traceID }) => traceID)).to.deep.equal([chain.traceId]);
  });

  it('are found by error=true', async () => {
    const found = await eventually(async () => {
      const traces = await search({ error: 'true' });
      return traces.length > 0 && traces;
    }, 'a failed trace');
    expect(found.map(({ traceID }) => traceID)).to.deep.equal([failed.traceId]);
  });
});
