import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { readSettings } from '../../src/config.ts';
import { requireTool } from '../support/tools.ts';

const FOLDER = join(import.meta.dirname, '../../samples/compose');

type Compose = {
  readonly services: Readonly<
    Record<
      string,
      { readonly image?: string; readonly environment?: Record<string, string>; readonly volumes?: readonly string[] }
    >
  >;
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
    const asked = new Set([...dashboard.matchAll(/"uid": "(\w+)"/g)].map(([, uid]) => uid));
    expect(datasources.map(({ uid }) => uid)).to.include.members([...asked]);
  });

  it('has a configuration that Prometheus accepts', function () {
    const promtool = requireTool(this, 'promtool');
    execFileSync(promtool, ['check', 'config', '--syntax-only', join(FOLDER, 'prometheus.yaml')], { stdio: 'pipe' });
  });
});
