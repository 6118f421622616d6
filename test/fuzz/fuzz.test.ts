import { expect } from 'chai';
import { readCorpus } from './corpus.ts';
import { cpuClock, fuzz, FuzzFailure, type FuzzPlan } from './fuzz.ts';
import { fuzzDocument } from './fuzz-documents.ts';
import { startReplyFuzzer } from './fuzz-replies.ts';
import { startRequestFuzzer } from './fuzz-requests.ts';
import { startViewerFuzzer } from './fuzz-viewers.ts';
import { withoutHolding } from './loop-watch.ts';

// A short run of `npm run fuzz`, from another seed each time. A failure names the seed that plays it again.

const seed = Math.floor(Math.random() * 2 ** 31);
/** A busy machine has sent some replies by then. */
const BUSY_TMAX_MS = 1000;
const plan = { seed, runs: 100, clock: cpuClock, boundMs: 5000, timeMs: Infinity };

describe(`fuzzing from seed ${seed}`, function () {
  const corpus = readCorpus();

  it('finds no mutated document that breaks reading, merging or validation', async () => {
    const { ends } = await fuzz({ ...plan, concurrency: 1, make: (own) => fuzzDocument(own, corpus) });
    expect(ends).to.include.keys('invalid');
  });

  for (const client of ['got', 'native'] as const) {
    it(`finds no mutated reply that breaks the service with ${client}`, async () => {
      const { make, close } = await startReplyFuzzer(client, corpus, BUSY_TMAX_MS);
      try {
        const { ends } = await fuzz({ ...plan, concurrency: 8, make });
        expect(ends).to.include.keys('http-protocol');
      } finally {
        await close();
      }
    });
  }
});

describe(`fuzzing what callers send from seed ${seed}`, function () {
  it('finds no mutated JSON that breaks a route, or holds the loop', async () => {
    const { make, close } = await startRequestFuzzer(readCorpus());
    try {
      const { ends } = await fuzz({ ...plan, concurrency: 1, make });
      expect(ends).to.satisfy((all: object) => Object.keys(all).some((end) => end.endsWith(' 200')));
    } finally {
      await close();
    }
  });

  it('finds no viewer who is given what was not theirs', async () => {
    const { make, close } = await startViewerFuzzer();
    try {
      const { ends } = await fuzz({ ...plan, concurrency: 4, make });
      expect(ends).not.to.deep.equal({});
    } finally {
      await close();
    }
  });
});

describe('withoutHolding', () => {
  const hold = (ms: number): void => {
    const until = cpuClock() + ms;
    while (cpuClock() < until);
  };

  it('lets short turns be, and what is long the first time alone', async () => {
    let runs = 0;
    const run = (): Promise<string> => {
      runs += 1;
      hold(runs === 1 ? 200 : 1);
      return Promise.resolve('done');
    };
    expect(await withoutHolding(100, run)).to.equal('done');
    expect(runs).to.equal(2);
  });

  it('throws where every time is long', async () => {
    const run = (): Promise<void> => Promise.resolve(hold(60));
    const error: unknown = await withoutHolding(30, run).catch((reason: unknown) => reason);
    expect(String(error)).to.match(/held the loop for \d+, \d+, \d+, \d+ ms/);
  });
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
