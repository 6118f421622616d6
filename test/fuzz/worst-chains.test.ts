import type { Merged } from '../../src/merge/merged.ts';
import { validate } from '../../src/validation/validate.ts';
import { readWithSaxes } from '../support/second-reader.ts';
import { portsOver } from '../support/ports.ts';
import { runUnwrap } from '../support/run-unwrap.ts';
import { cpuClock, fuzz } from './fuzz.ts';
import { judgeable, merge, settle, worstChains, type WorstChain } from './worst-chains.ts';

// A step that costs the square of a document takes seconds for one of these, a good one some hundredths of a second.

const BOUND_MS = 2000;
const SITE = 'https://ads.example/';

/** The documents of a chain, each under the address that the one before it names. */
function pagesOf({ wrappers, inLines }: WorstChain): Record<string, string> {
  const pages = wrappers.map((text, hop) => text.replace('https://a.example/', `${SITE}${hop + 1}`));
  return Object.fromEntries([...pages, inLines[0]!].map((text, hop) => [`${SITE}${hop}`, text]));
}

async function unwrapped(chain: WorstChain): Promise<Merged> {
  const { merged } = await runUnwrap(`${SITE}0`, portsOver(pagesOf(chain)), { dedupe: chain.dedupe ?? 'none' });
  return merged!;
}

/** A pod of more documents than a chain names. */
function judged(chain: WorstChain): Merged {
  const ads = settle(chain);
  const merged = merge(chain, ads);
  validate(judgeable(ads, merged));
  return merged;
}

describe('the worst chains within the limits', function () {
  it('are followed, merged and validated in a time that grows with their length alone', async () => {
    const chains = [...worstChains()];
    await fuzz({
      ...{ seed: 0, runs: chains.length, concurrency: 1, clock: cpuClock, boundMs: BOUND_MS, timeMs: 100_000 },
      make: (index) => ({
        input: Buffer.from(chains[index]!.name),
        run: async () => {
          const chain = chains[index]!;
          const ad = chain.inLines.length === 1 ? await unwrapped(chain) : judged(chain);
          // some of them have nothing to play: then the time that it took to say so counts
          if (ad === null) return 'done';
          readWithSaxes(ad.adm);
          ad.trackers();
          return 'done';
        },
      }),
    });
  });
});
