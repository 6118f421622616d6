import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readCorpus } from './corpus.ts';
import { cpuClock, fuzz, type Fuzzer, FuzzFailure, type FuzzPlan } from './fuzz.ts';
import { fuzzDocument } from './fuzz-documents.ts';
import { startReplyFuzzer } from './fuzz-replies.ts';
import { startRequestFuzzer } from './fuzz-requests.ts';
import { startViewerFuzzer } from './fuzz-viewers.ts';

// `npm run fuzz -- --runs N --seed S [--only documents|replies-got|replies-native|requests|viewers] [--minutes M]`: N mutated documents,
// and a tenth as many mutated HTTP replies, JSON bodies and ways of viewers. Input i has the seed S + i, so `--runs 1 --seed <that>` plays it again.

const CACHE = resolve(import.meta.dirname, '../../.cache');
const options = {
  runs: { type: 'string', default: '10000' },
  seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
  only: { type: 'string' },
  minutes: { type: 'string', default: '1440' },
} as const;
const { runs, seed, only, minutes } = parseArgs({ options }).values;
const common = { seed: Number(seed), timeMs: Number(minutes) * 60_000 };

type Named = () => Promise<Omit<FuzzPlan, keyof typeof common> & { readonly close: () => Promise<void> }>;

const replies =
  (client: 'got' | 'native'): Named =>
  async () => {
    const { make, close } = await startReplyFuzzer(client, corpus);
    const share = only === undefined ? Math.ceil(Number(runs) / 20) : Number(runs);
    return { make, close, runs: share, concurrency: 8, clock: () => performance.now(), boundMs: 60_000 };
  };

const services =
  (concurrency: number, start: () => Promise<Fuzzer>): Named =>
  async () => {
    const share = only === undefined ? Math.ceil(Number(runs) / 10) : Number(runs);
    return { ...(await start()), runs: share, concurrency, clock: () => performance.now(), boundMs: 60_000 };
  };
const corpus = readCorpus();
const FUZZERS: Readonly<Record<string, Named>> = {
  documents: () =>
    Promise.resolve({
      make: (own) => fuzzDocument(own, corpus),
      close: () => Promise.resolve(),
      runs: Number(runs),
      concurrency: 1,
      clock: cpuClock,
      boundMs: 1000,
    }),
  'replies-got': replies('got'),
  'replies-native': replies('native'),
  requests: services(1, () => startRequestFuzzer(corpus)),
  viewers: services(4, startViewerFuzzer),
};

mkdirSync(CACHE, { recursive: true });
const save = (name: string, input: Buffer): string => {
  const file = join(CACHE, name);
  writeFileSync(file, input);
  return file;
};

for (const [name, start] of Object.entries(FUZZERS)) {
  if (only !== undefined && only !== name) continue;
  console.log(`${name}: seed ${seed}`);
  const { close, ...plan } = await start();
  try {
    const { runs: done, seconds, ends, slowest } = await fuzz({ ...plan, ...common });
    const file = save(`fuzz-slowest-${name}.bin`, slowest.input);
    console.log(`${name}: ${done} runs in ${seconds.toFixed(0)} s, ${(done / seconds).toFixed(0)} a second`);
    console.log(
      `${name}: slowest ${slowest.ms.toFixed(1)} ms, seed ${slowest.seed}, ${slowest.input.length} bytes: ${file}`,
    );
    console.log(`${name}: ${JSON.stringify(ends)}`);
  } catch (error) {
    if (!(error instanceof FuzzFailure)) throw error;
    console.error(error);
    console.error(`${name}: broken by ${save(`fuzz-${name}-${error.seed}.bin`, error.input)}`);
    console.error(`Again: npm run fuzz -- --only ${name} --runs 1 --seed ${error.seed}`);
    process.exitCode = 1;
  }
  await close();
}
