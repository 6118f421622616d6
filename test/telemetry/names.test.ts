import * as conventions from '@opentelemetry/semantic-conventions/incubating';
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

describe('prometheusName', () => {
  it('writes seconds and bytes behind the name', () => {
    expect(prometheusName('vast.hop.duration', 's')).to.equal('vast_hop_duration_seconds');
    expect(prometheusName('vast.cache.size', 'By')).to.equal('vast_cache_size_bytes');
    expect(prometheusName('vast.inflight', '1')).to.equal('vast_inflight');
  });
});
