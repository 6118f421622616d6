import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse, stringify } from 'yaml';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { type Collector, runnableConfig, startCollector } from '../support/collector.ts';
import { startOtlpReceiver } from '../support/otlp-receiver.ts';
import { startServiceProcess, type ServiceProcess } from '../support/service-process.ts';
import { eventually, findTool, freePort, requireTool, run, temporaryFolder } from '../support/tools.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

const DASHBOARDS = join(import.meta.dirname, '../../samples/dashboards');
const QUICK = ['127.0.0.11', '127.0.0.12', '127.0.0.13'];
const SLOW = '127.0.0.14';
/** At least: on a busy machine each takes a second. */
const ROUNDS = 8;

type Panel = { readonly title: string; readonly type: string; readonly targets?: readonly { readonly expr: string }[] };
type Sample = { readonly metric: Readonly<Record<string, string>>; readonly value: readonly [number, string] };
type Rules = {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[];
};

const { panels } = JSON.parse(readFileSync(join(DASHBOARDS, 'vast-unwrap.json'), 'utf8')) as {
  readonly panels: readonly Panel[];
};
const rules = (parse(readFileSync(join(DASHBOARDS, 'rules.yaml'), 'utf8')) as Rules).groups.flatMap(
  (group) => group.rules,
);

/** What Grafana makes of its variables, and windows that fit a test. */
function filled(expr: string): string {
  return expr.replaceAll(/\[(\$__rate_interval|\$__range|\dm)\]/g, '[1m]').replaceAll('$host', '.*');
}

describe('dashboard and alerts on a real Prometheus', () => {
  const scope = new AsyncDisposableStack();
  let service: ServiceProcess;
  let collector: Collector | null = null;
  let origin: string;

  before(async function () {
    const prometheus = requireTool(this, 'prometheus');
    const folder = scope.use(temporaryFolder());
    const otelcol = findTool('otelcol');
    if (otelcol !== undefined) {
      const nowhere = scope.use(await startOtlpReceiver());
      collector = scope.use(await startCollector(otelcol, runnableConfig(folder.path), nowhere.endpoint));
    }
    service = scope.use(
      await startServiceProcess({
        ...(collector !== null && { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, OTEL_BSP_SCHEDULE_DELAY: '100' }),
        OTEL_METRICS_EXPORTER: 'none',
        CACHE_DEFAULT_TTL_MS: '0',
      }),
    );
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    scope.use(startPrometheus(prometheus, folder.path, port));
    await eventually(async () => (await ask('vast_inflight')).length > 0, 'the first scrape');
    await load();
    await eventually(async () => (await ask(filled('rate(vast_errors_total[5m])'))).length > 0, 'the last counters');
  });
  after(() => scope.disposeAsync());

  function startPrometheus(prometheus: string, folder: string, port: number): ReturnType<typeof run> {
    const targets = [new URL(service.admin).host, ...(collector === null ? [] : [collector.metricsAddress])];
    const config = join(folder, 'prometheus.yaml');
    const job = {
      job_name: 'vast-unwrap',
      scrape_interval: '250ms',
      scrape_timeout: '250ms',
      static_configs: [{ targets }],
    };
    writeFileSync(config, stringify({ rule_files: [join(DASHBOARDS, 'rules.yaml')], scrape_configs: [job] }));
    return run(prometheus, [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--enable-feature=exemplar-storage',
    ]);
  }

  /** Chains over three quick hosts and a slow one, hosts that fail, and a deadline that passes. */
  async function load(): Promise<void> {
    const servers = await Promise.all(
      QUICK.map((host) => startAdServer({ '/ad.xml': vast(inLineAd()), '/500': { status: 500 } }, host)),
    );
    for (const server of servers) scope.use(server);
    const slow = scope.use(await startAdServer({ '/ad.xml': { body: vast(inLineAd()), delayHeadersMs: 400 } }, SLOW));
    // each time at another host: a breaker that opens on a busy machine would end it otherwise than by its deadline
    const hanging = scope.use(await startAdServer({ '/hang': { hang: 'before-headers' } }, '0.0.0.0'));
    const hangingHost = (round: number): string => `http://127.0.2.${1 + (round % 250)}:${new URL(hanging.base).port}`;
    const all: readonly AdServer[] = [...servers, slow];
    servers[0]!.route('/wrapper.xml', vast(wrapperAd({ uri: `${slow.base}/ad.xml` })));
    let count = 0;
    const unwrap = (base: string, path = '/ad.xml', tmax = 1000): Promise<unknown> =>
      service.unwrap({ url: `${base}${path}?n=${count++}`, tmax });
    const look = (base: string, path: string): Promise<unknown> => {
      const ad = inLineAd().replace(/https:\/\/m\.example\/[^<]*/, `${base}${path}?n=${count++}`);
      return service.unwrap({ adm: vast(ad), tmax: 1000, options: { probe: 'wait' } });
    };
    // a host has a name once it answered five calls
    for (const { base } of all) await Promise.all(Array.from({ length: 5 }, () => unwrap(base)));
    const end = performance.now() + 3000;
    for (let round = 0; round < ROUNDS || performance.now() < end; round += 1) {
      await Promise.all([
        ...all.map(({ base }) => unwrap(base)),
        unwrap(servers[0]!.base, '/wrapper.xml'),
        unwrap(servers[1]!.base, '/500'),
        unwrap(hangingHost(round), '/hang', 500),
        service.unwrap({ adm: vast(inLineAd()), tmax: 1000 }),
        look(servers[2]!.base, '/500'),
        // and one that never answers has none
        unwrap(`http://127.0.0.15:${await freePort()}`),
      ]);
    }
  }

  async function ask(query: string): Promise<readonly Sample[]> {
    const response = await fetch(`${origin}/api/v1/query`, { method: 'POST', body: new URLSearchParams({ query }) });
    const answer = (await response.json()) as { status: string; error?: string; data?: { result: readonly Sample[] } };
    if (answer.status !== 'success') throw new Error(`${query}\n${answer.error}`);
    return answer.data!.result;
  }

  for (const { title, targets = [] } of panels) {
    for (const { expr } of targets) {
      it(`has data for "${title}": ${expr}`, async function () {
        if (expr.includes('traces_span_metrics') && collector === null) return this.skip();
        const samples = await ask(filled(expr));
        expect(samples).not.to.be.empty;
        for (const { value } of samples) expect(Number(value[1])).not.to.be.NaN;
      });
    }
  }

  it('shows the slow host on top', async () => {
    const table = panels.find(({ type }) => type === 'table')!;
    // the share of waiting and the median: a busy machine may well spoil a p99
    for (const { expr } of table.targets!.slice(0, 2)) {
      // the first calls of each host have no name
      const named = (await ask(filled(expr))).filter(({ metric }) => metric['server_address'] !== '_other');
      const samples = named.toSorted((a, b) => Number(b.value[1]) - Number(a.value[1]));
      expect(samples[0]!.metric['server_address'], expr).to.equal(SLOW);
    }
  });

  it('would alert of the slow host and of the timeouts, and of nothing shed', async () => {
    const firing = new Map<string, readonly Sample[]>();
    for (const { alert, expr } of rules) firing.set(alert, await ask(filled(expr)));
    const slow = firing.get('SlowCreativeHost')!.map(({ metric }) => metric['server_address']);
    expect(slow).to.include(SLOW);
    expect(firing.get('MediaHostFailing')!.map(({ metric }) => metric['server_address'])).to.deep.equal([QUICK[2]]);
    expect(firing.get('HighTimeoutRate')).to.have.lengthOf(1);
    expect(firing.get('Shedding')).to.be.empty;
  });

  it('keeps exemplars, so that the heatmap leads to traces', async function () {
    if (collector === null) return this.skip();
    const heatmap = panels.find(({ type }) => type === 'heatmap')!;
    const parameters = new URLSearchParams({
      query: filled(heatmap.targets![0]!.expr),
      start: String(Date.now() / 1000 - 60),
      end: String(Date.now() / 1000 + 1),
    });
    const response = await fetch(`${origin}/api/v1/query_exemplars`, { method: 'POST', body: parameters });
    const { data } = (await response.json()) as {
      data: readonly { exemplars: readonly { labels: { trace_id?: string } }[] }[];
    };
    expect(data.flatMap(({ exemplars }) => exemplars).map(({ labels }) => labels.trace_id)[0]).to.match(
      /^[0-9a-f]{32}$/,
    );
  });

  it('has metrics that promtool finds no fault with', async function () {
    const promtool = requireTool(this, 'promtool');
    const input = await (await fetch(new URL('/metrics', service.admin))).text();
    const { status, stdout, stderr } = spawnSync(promtool, ['check', 'metrics'], { input, encoding: 'utf8' });
    expect(stdout + stderr).to.equal('');
    expect(status).to.equal(0);
  });
});

describe('samples/dashboards', () => {
  it('has rules that promtool accepts, and that fire when their tests say', function () {
    const promtool = requireTool(this, 'promtool');
    execFileSync(promtool, ['check', 'rules', join(DASHBOARDS, 'rules.yaml')], { stdio: 'pipe' });
    execFileSync(promtool, ['test', 'rules', join(DASHBOARDS, 'rules.test.yaml')], { stdio: 'pipe' });
  });

  it('has panels that do not overlap', () => {
    const cells = new Map<string, string>();
    type Placed = Panel & {
      readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
    };
    for (const { title, gridPos } of panels as readonly Placed[]) {
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          expect(cells.get(`${x},${y}`), `${title} overlaps`).to.equal(undefined);
          cells.set(`${x},${y}`, title);
        }
      }
    }
  });
});
