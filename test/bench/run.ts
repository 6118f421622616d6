// `npm run bench [-- name]`: runs one benchmark, or all, and closes with the same figures as JSON.

const BENCHMARKS: Readonly<Record<string, () => Promise<() => Promise<unknown>>>> = {
  unwrap: async () => (await import('./unwrap/bench.ts')).benchUnwrap,
  workers: async () => (await import('./workers/bench.ts')).benchWorkers,
  stages: async () => (await import('./stages/bench.ts')).benchStages,
  cache: async () => (await import('./cache/bench.ts')).benchCache,
  reading: async () => (await import('./reading/bench.ts')).benchReading,
  validate: async () => (await import('./validate/bench.ts')).benchValidate,
  gzip: async () => (await import('./gzip/bench.ts')).benchGzip,
  soak: async () => (await import('./soak/bench.ts')).benchSoak,
  worst: async () => (await import('./worst/bench.ts')).benchWorst,
  deadline: async () => (await import('./deadline/bench.ts')).benchDeadline,
  auction: async () => (await import('./auction/bench.ts')).benchAuction,
  overload: async () => (await import('./overload/bench.ts')).benchOverload,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => BENCHMARKS[name] === undefined);
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}: choose from ${Object.keys(BENCHMARKS).join(', ')}.`);
  process.exit(2);
}

const figures: Record<string, unknown> = {};
for (const name of asked.length > 0 ? asked : Object.keys(BENCHMARKS)) {
  const bench = await BENCHMARKS[name]!();
  figures[name] = await bench();
}
console.log(`\n${JSON.stringify(figures)}`);
