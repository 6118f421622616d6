import { validate } from '../../src/validation/validate.ts';
import { readWithSaxes } from '../support/second-reader.ts';
import { cpuClock, fuzz } from './fuzz.ts';
import { judgeable, merge, settle, worstChains } from './worst-chains.ts';

// A step that costs the square of a document takes seconds for one of these, a good one some hundredths of a second.

const BOUND_MS = 2000;

describe('the worst chains within the limits', function () {
  this.timeout(120_000);

  it('are read, merged and validated in a time that grows with their length alone', async () => {
    const chains = [...worstChains()];
    await fuzz({
      ...{ seed: 0, runs: chains.length, concurrency: 1, clock: cpuClock, boundMs: BOUND_MS, timeMs: 100_000 },
      make: (index) => ({
        input: Buffer.from(chains[index]!.name),
        run: () => {
          const ads = settle(chains[index]!);
          const merged = merge(chains[index]!, ads);
          readWithSaxes(merged.adm);
          merged.trackers();
          validate(judgeable(ads, merged));
          return Promise.resolve('done');
        },
      }),
    });
  });
});
