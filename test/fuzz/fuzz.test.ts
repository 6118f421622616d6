import { expect } from 'chai';
import { readCorpus } from './corpus.ts';
import { cpuClock, fuzz, FuzzFailure, type FuzzPlan } from './fuzz.ts';
import { fuzzDocument } from './fuzz-documents.ts';
import { startReplyFuzzer } from './fuzz-replies.ts';

// A short run of `npm run fuzz`, from another seed each time. A failure names the seed that plays it again.

const seed = Math.floor(Math.random() * 2 ** 31);
const plan = { seed, runs: 1_000_000, clock: cpuClock, boundMs: 5000, timeMs: 800 };

describe(`fuzzing from seed ${seed}`, function () {
  const corpus = readCorpus();

  it('finds no mutated document that breaks reading, merging or validation', async () => {
    const { runs, ends } = await fuzz({ ...plan, concurrency: 1, make: (own) => fuzzDocument(own, corpus) });
    expect(runs).to.be.above(20);
    expect(ends).to.include.keys('invalid');
  });

  for (const client of ['got', 'native'] as const) {
    it(`finds no mutated reply that breaks the service with ${client}`, async () => {
      const { make, close } = await startReplyFuzzer(client, corpus);
      try {
        const { ends } = await fuzz({ ...plan, concurrency: 8, make });
        expect(ends).to.include.keys('http-protocol');
      } finally {
        await close();
      }
    });
  }
});

describe('fuzz', () => {
  const runOne = (over: Partial<FuzzPlan>): Promise<unknown> =>
    fuzz({
      ...{ seed: 7, runs: 3, concurrency: 1, clock: cpuClock, boundMs: 5000, timeMs: 5000 },
      make: (own) => ({ input: Buffer.from([own]), run: () => Promise.resolve(`end ${own}`) }),
      ...over,
    });

  it('counts how its inputs ended', async () => {
    expect(await runOne({})).to.deep.include({ runs: 3, ends: { 'end 7': 1, 'end 8': 1, 'end 9': 1 } });
  });

  it('names the input that broke a promise, by its seed', async () => {
    const run = (): Promise<string> => Promise.reject(new Error('boom'));
    const make = (own: number): ReturnType<FuzzPlan['make']> => ({ input: Buffer.from([own]), run });
    const error: unknown = await runOne({ make }).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(FuzzFailure).and.include({ seed: 7 });
    expect((error as Error).message).to.equal('seed 7, 1 bytes: boom');
  });

  it('makes the same input of the same seed, and others of others', () => {
    const corpus = readCorpus();
    const [first, again, other] = [5, 5, 6].map((own) => fuzzDocument(own, corpus));
    expect(again!.input.equals(first!.input)).to.equal(true);
    expect(other!.input.equals(first!.input)).to.equal(false);
  });
});
