import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { parseAllDocuments } from 'yaml';
import { readSettings } from '../../src/config.ts';
import { requireTool } from '../support/tools.ts';
import { SETTINGS } from '../../src/settings-table.ts';

const CHART = join(import.meta.dirname, '../../deploy/helm');
const VALUES = join(CHART, 'ci');
/** The Go build of Helm takes itself to be of an old Kubernetes. */
const KUBERNETES = ['--kube-version', '1.33.0'];
const VALUE_FILES = readdirSync(VALUES);

type Env = { readonly name: string; readonly value?: string; readonly valueFrom?: object };
type Container = { readonly name: string; readonly env: readonly Env[]; readonly resources: object };
type Rendered = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: {
    readonly template?: { readonly spec: { readonly containers: readonly Container[] } };
    readonly groups?: readonly { readonly rules: readonly object[] }[];
  };
};

/** The published schema of a kind, as a class that checks an object against it. */
type Model = new (data: object) => { readonly validate: () => void };

async function modelOf({ apiVersion, kind }: Rendered): Promise<Model> {
  const isOperators = apiVersion.startsWith('monitoring.coreos.com/');
  const folder = isOperators ? '@kubernetes-models/prometheus-operator' : 'kubernetes-models';
  const models = (await import(`${folder}/${apiVersion}`)) as Record<string, Model | undefined>;
  const model = models[kind];
  if (model === undefined) throw new Error(`no schema for ${apiVersion} ${kind}`);
  return model;
}

describe('the Helm chart', () => {
  let helm: (...args: readonly string[]) => Promise<string>;
  const render = async (...args: readonly string[]): Promise<readonly Rendered[]> => {
    const text = await helm('template', 'auction', CHART, '--namespace', 'ads', ...KUBERNETES, ...args);
    return parseAllDocuments(text)
      .map((document) => document.toJS() as Rendered | null)
      .filter((each) => each !== null);
  };
  const service = (objects: readonly Rendered[]): Container =>
    objects.find(({ kind }) => kind === 'Deployment')!.spec!.template!.spec.containers[0]!;

  before(function () {
    const program = requireTool(this, 'helm');
    helm = async (...args) => (await promisify(execFile)(program, args)).stdout;
  });

  for (const file of VALUE_FILES) {
    const values = join(VALUES, file);
    it(`has nothing that helm lint minds: ${file}`, async () => {
      expect(await helm('lint', CHART, '--strict', ...KUBERNETES, '--values', values)).to.contain('0 chart(s) failed');
    });

    it(`renders what Kubernetes takes: ${file}`, async () => {
      const objects = await render('--values', values);
      expect(objects.map(({ kind }) => kind)).to.include.members(['Deployment', 'Service']);
      for (const object of objects) new (await modelOf(object))(object).validate();
      const names = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
      expect(new Set(names).size).to.equal(names.length);
    });

    it(`starts the service with settings that it takes: ${file}`, async () => {
      const { env } = service(await render('--values', values));
      const ours = env.filter(({ name }) => Object.hasOwn(SETTINGS, name));
      const written = ours.map(({ name, value = 'rediss://from-a-secret' }) => [name, value] as const);
      const settings = readSettings(Object.fromEntries(written));
      expect(settings).to.include({ PORT: 8080, ADMIN_HOST: '0.0.0.0', ADMIN_PORT: 8081 });
      expect(ours.find(({ name }) => name === 'ADMIN_TOKEN')).to.have.property('valueFrom');
    });
  }

  it('tells workers, the limit of memory and the heap together', async () => {
    const of = async (workers: number): Promise<Container> =>
      service(await render('--set', `workers=${workers},memoryMiB=400`));
    const heap = { name: 'NODE_OPTIONS', value: '--max-old-space-size=300' };
    expect((await of(1)).resources).to.deep.include({ limits: { memory: '400Mi' } });
    // four workers and the primary
    const four = await of(4);
    expect(four.resources).to.deep.include({ limits: { memory: '2000Mi' } });
    expect(four.env).to.deep.include(heap);
  });

  it('gives every pod the time to answer what is under way', async () => {
    const graceOf = async (...sets: readonly string[]): Promise<unknown> => {
      const objects = await render(...sets.flatMap((each) => ['--set', each]));
      return objects.find(({ kind }) => kind === 'Deployment')!.spec!.template!.spec;
    };
    expect(await graceOf()).to.include({ terminationGracePeriodSeconds: 17 });
    expect(await graceOf('shutdownDelayMs=20000', 'settings.TMAX_MAX_MS=5000')).to.include({
      terminationGracePeriodSeconds: 36,
    });
  });

  it('refuses the cluster and lets the internet', async () => {
    const [policy] = (await render()).filter(({ kind }) => kind === 'NetworkPolicy');
    const text = JSON.stringify(policy);
    expect(text).to.contain('"cidr":"0.0.0.0/0"').and.contain('10.0.0.0/8').and.contain('169.254.0.0/16');
    // nobody is named, so nobody may call the admin listener
    expect(text).to.not.contain('"admin"');
  });

  it('hands on the alerts and the dashboard of the samples whole', async () => {
    const objects = await render('--values', join(VALUES, 'workers-values.yaml'));
    const rules = objects.find(({ kind }) => kind === 'PrometheusRule')!.spec!.groups!.flatMap((each) => each.rules);
    expect(JSON.stringify(rules)).to.contain('SlowCreativeHost').and.contain('{{ $labels.server_address }}');
    const dashboards = objects.find(({ metadata }) => metadata.name.endsWith('-dashboards'));
    expect(JSON.stringify(dashboards)).to.contain('vast_hop_duration_seconds');
  });

  const mistakes: readonly (readonly [string, string])[] = [
    ['settings.PORT=80', 'settings.PORT'],
    ['telemetry.mode=address', 'telemetry.endpoint'],
    ['telemetry.mode=sidecar', 'telemetry.collector.tracesEndpoint'],
    ['workers=0', 'workers'],
    ['admin.token=short', 'token'],
    ['colour=red', 'colour'],
  ];
  for (const [set, named] of mistakes) {
    it(`refuses ${set}, by name`, async () => {
      const error = await render('--set', set).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(Error);
      expect((error as { stderr: string }).stderr).to.contain(named);
    });
  }
});
