import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { readSettings } from '../../src/config.ts';
import { startServiceProcess } from '../support/service-process.ts';
import { eventually, freePort, requireTool, run } from '../support/tools.ts';

const FOLDER = join(import.meta.dirname, '../../samples/compose');

type Compose = {
  readonly services: Readonly<
    Record<
      string,
      { readonly image?: string; readonly environment?: Record<string, string>; readonly volumes?: readonly string[] }
    >
  >;
};
type Source = { readonly uid: string };
type Dashboard = {
  readonly panels: readonly {
    readonly datasource?: Source;
    readonly targets?: readonly { readonly datasource?: Source }[];
  }[];
  readonly templating: {
    readonly list: readonly {
      readonly name: string;
      readonly type: string;
      readonly query: unknown;
      readonly current: { readonly value: string };
    }[];
  };
};
const read = (path: string): unknown => parse(readFileSync(join(FOLDER, path), 'utf8'));
const { services } = read('compose.yaml') as Compose;

describe('samples/compose', () => {
  it('mounts files that are there', () => {
    const sources = Object.values(services).flatMap(({ volumes = [] }) =>
      volumes.map((volume) => volume.split(':')[0]!),
    );
    expect(sources.filter((path) => !existsSync(join(FOLDER, path)))).to.deep.equal([]);
  });

  it('names the version of every image', () => {
    for (const { image } of Object.values(services)) if (image !== undefined) expect(image).to.match(/:v?\d+\.\d+/);
  });

  it('starts the service with settings that it takes', () => {
    const environment = services['vast-unwrap']!.environment!;
    const env = Object.entries(environment).map(([name, value]) => [name, value.replace(/^\$\{.*:-(.*)\}$/, '$1')]);
    expect(readSettings(Object.fromEntries(env) as Record<string, string>)).to.include({ ADMIN_HOST: '0.0.0.0' });
  });

  it('has the data sources that the dashboard asks', () => {
    const { datasources } = read('grafana-datasources.yaml') as {
      readonly datasources: readonly { readonly uid: string }[];
    };
    const dashboard = readFileSync(join(FOLDER, '../dashboards/vast-unwrap.json'), 'utf8');
    const { panels, templating } = JSON.parse(dashboard) as Dashboard;
    const asked = panels.flatMap(({ datasource, targets = [] }) => [
      datasource,
      ...targets.map((each) => each.datasource),
    ]);
    const uids = new Set(asked.flatMap((each) => (each === undefined ? [] : [each.uid])));
    expect([...uids].filter((uid) => uid !== '-- Grafana --')).to.deep.equal(['${datasource}']);
    const chosen = templating.list.find(({ name }) => name === 'datasource')!;
    expect(chosen).to.include({ type: 'datasource', query: 'prometheus' });
    expect(datasources.map(({ uid }) => uid)).to.include(chosen.current.value);
    const jaeger = templating.list.find(({ name }) => name === 'jaeger')!;
    expect(jaeger.type).to.equal('textbox');
    const links = dashboard.match(/https?:\/\/[^"]*/g)!.filter((url) => url !== jaeger.current.value);
    expect(
      links.filter((url) => !url.startsWith('${jaeger}')),
      'addresses that are no variable',
    ).to.deep.equal([]);
  });

  it('has traffic whose ad server may be asked, with chains that resolve, are slow, or have no ad', async () => {
    const { HOSTS = '' } = services['traffic']!.environment!;
    expect(services['vast-unwrap']!.environment!['EGRESS_ALLOW']).to.equal(HOSTS);
    const port = await freePort();
    await using service = await startServiceProcess({ TMAX_MAX_MS: '60000' });
    const env = { SERVICE: service.public, PORT: String(port), HOSTS: '127.0.0.1', EVERY_MS: '20' };
    await using traffic = run(process.execPath, [join(FOLDER, 'traffic.ts')], env);
    const metrics = async (): Promise<string> => (await fetch(`${service.admin}/metrics`)).text();
    for (const status of ['resolved', 'no_ad', 'timeout']) {
      const series = `vast_unwrap_duration_seconds_count{vast_status="${status}"}`;
      await eventually(async () => (await metrics()).includes(series), `${status}: ${traffic.output()}`);
    }
  });

  it('has a configuration that Prometheus accepts', function () {
    const promtool = requireTool(this, 'promtool');
    execFileSync(promtool, ['check', 'config', '--syntax-only', join(FOLDER, 'prometheus.yaml')], { stdio: 'pipe' });
  });
});
