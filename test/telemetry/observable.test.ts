import { expect } from 'chai';
import { observable } from '../../src/telemetry/observable.ts';
import { METRICS } from '../../src/telemetry/names.ts';
import { startMeters } from '../support/meters.ts';

describe('observable', () => {
  it('has the type, the unit and the description of the table', async () => {
    const { meter, lines } = startMeters();
    observable(meter, 'vast.cache.size').addCallback((result) => result.observe(4));
    observable(meter, 'vast.cache.stale').addCallback((result) => result.observe(5));
    expect(await lines()).to.include.members([
      `# HELP vast_cache_size_bytes ${METRICS['vast.cache.size'].about}`,
      '# TYPE vast_cache_size_bytes gauge',
      'vast_cache_size_bytes 4',
      '# TYPE vast_cache_stale_total counter',
      'vast_cache_stale_total 5',
    ]);
  });
});
