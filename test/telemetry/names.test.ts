import * as conventions from '@opentelemetry/semantic-conventions/incubating';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { ATTRIBUTES, known, METRICS, prometheusName } from '../../src/telemetry/names.ts';

describe('known', () => {
  it('leaves out what has no value, and keeps false and 0', () => {
    expect(
      known({ 'vast.debug': false, 'vast.wrappers': 0, 'vast.status': null, 'vast.bidder': undefined }),
    ).to.deep.equal({
      'vast.debug': false,
      'vast.wrappers': 0,
    });
  });
});

describe('ATTRIBUTES', () => {
  it('are spelled as the semantic conventions have them, or are ours', () => {
    const standard = new Set<unknown>(Object.values(conventions));
    const strangers = Object.keys(ATTRIBUTES).filter((name) => !name.startsWith('vast.') && !standard.has(name));
    expect(strangers).to.deep.equal([]);
  });
});

describe('METRICS', () => {
  it('are spelled as the semantic conventions have them, or are ours', () => {
    const standard = new Set<unknown>(Object.values(conventions));
    const strangers = Object.keys(METRICS).filter((name) => !name.startsWith('vast.') && !standard.has(name));
    expect(strangers).to.deep.equal([]);
  });
});

describe('what alerts, dashboards and documents name', () => {
  const ROOT = join(import.meta.dirname, '../..');
  const FOLDERS = { 'samples/dashboards': /\.(yaml|json)$/, 'deploy/helm': /\.(yaml|json|tpl)$/, docs: /\.md$/ };
  const suffixes = { counter: ['_total'], gauge: [''], histogram: ['_bucket', '_count', '_sum', ''] };
  const underscored = (name: string): string => name.replaceAll('.', '_');
  const series = Object.entries(METRICS).flatMap(([name, { unit, type }]) =>
    suffixes[type].map((suffix) => prometheusName(name, unit) + suffix),
  );
  const labels = Object.values(METRICS).flatMap((row) => row.labels.map(underscored));
  const known = new Set([...series, ...labels, ...Object.keys(ATTRIBUTES).map(underscored)]);

  /** Names of metrics and labels, as Prometheus has them. */
  const namesIn = (text: string): readonly string[] => [
    ...new Set(text.match(/(?<![\w.\-/$])(?:vast|http|nodejs|process|v8js)_[a-z0-9_]+(?![\w\-/.(])/g)),
  ];

  for (const [folder, pattern] of Object.entries(FOLDERS)) {
    const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((each) => pattern.test(each))) {
      it(`exists: ${folder}/${file}`, () => {
        const names = namesIn(readFileSync(join(ROOT, folder, file), 'utf8'));
        expect(names.filter((name) => !known.has(name))).to.deep.equal([]);
      });
    }
  }

  it('is found at all', () => {
    const rules = readFileSync(join(ROOT, 'samples/dashboards/rules.yaml'), 'utf8');
    expect(namesIn(rules)).to.include.members(['vast_breaker_open', 'vast_shed_total']);
    expect(namesIn('rate(vast_nothing_total[1m])').filter((name) => !known.has(name))).to.deep.equal([
      'vast_nothing_total',
    ]);
  });
});

describe('prometheusName', () => {
  it('writes seconds and bytes behind the name', () => {
    expect(prometheusName('vast.hop.duration', 's')).to.equal('vast_hop_duration_seconds');
    expect(prometheusName('vast.cache.size', 'By')).to.equal('vast_cache_size_bytes');
    expect(prometheusName('vast.inflight', '1')).to.equal('vast_inflight');
  });
});
