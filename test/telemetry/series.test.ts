import { expect } from 'chai';
import fc from 'fast-check';
import { createSeries, type Series } from '../../src/telemetry/series.ts';

const DAY_MS = 86_400_000;

describe('createSeries', () => {
  const time = { now: DAY_MS };
  const start = (limit?: number): Series<{ count: number }> =>
    createSeries(
      ['a', 'b'],
      () => ({ count: 0 }),
      () => time.now,
      limit,
    );
  const countsOf = (series: Series<{ count: number }>): readonly unknown[] =>
    series.all().map(({ attributes, value }) => [attributes, value.count]);
  beforeEach(() => {
    time.now = DAY_MS;
  });

  it('keeps a value for each set of labels, whatever they are, and leaves out labels that are null', () => {
    const label = fc.oneof(fc.constantFrom('', 'x', '_', '__proto__', '1', 1, 0, null), fc.string());
    fc.assert(
      fc.property(fc.array(fc.tuple(label, label), { maxLength: 60 }), (records) => {
        const series = start();
        for (const labels of records) series.at(labels).count += 1;
        const expected = Map.groupBy(records, ([a, b]) => JSON.stringify([a, b]));
        const counts = [...expected.values()].map((same) => {
          const [[a, b]] = same as [(typeof same)[number]];
          return [{ ...(a !== null && { a }), ...(b !== null && { b }) }, same.length];
        });
        expect(countsOf(series)).to.deep.equal(counts);
      }),
    );
  });

  it('tells one of no labels from those that have some', () => {
    const series = start();
    series.at([]).count += 1;
    series.at(['x', 'y']).count += 2;
    series.at(['x']).count += 3;
    expect(countsOf(series)).to.deep.equal([
      [{}, 1],
      [{ a: 'x', b: 'y' }, 2],
      [{ a: 'x' }, 3],
    ]);
  });

  it('puts what is beyond the limit together, and counts all of it', () => {
    const series = start(3);
    for (const name of ['x', 'y', 'z', 'x', 'w', 'z']) series.at([name, 1]).count += 1;
    expect(countsOf(series)).to.deep.equal([
      [{ a: 'x', b: 1 }, 2],
      [{ a: 'y', b: 1 }, 1],
      [{ 'otel.metric.overflow': true }, 3],
    ]);
    for (let index = 0; index < 10_000; index += 1) series.at([`${index}`, index]).count += 1;
    expect(series.all()).to.have.lengthOf(3);
    expect(start().all()).to.deep.equal([]);
  });

  it('has two thousand at most', () => {
    const series = start();
    for (let index = 0; index < 5000; index += 1) series.at([index, null]).count += 1;
    expect(series.all()).to.have.lengthOf(2000);
    expect(series.all().at(-1)).to.deep.include({ value: { count: 3001 } });
  });

  it('makes room, once all are taken, by what was not used for a whole day', () => {
    const series = start(3);
    series.all();
    series.at(['old', null]).count += 1;
    series.at(['used', null]).count += 1;
    time.now += DAY_MS;
    series.all();
    series.at(['used', null]).count += 1;
    series.at(['new', null]).count += 1;
    expect(countsOf(series), 'used yesterday').to.deep.equal([
      [{ a: 'old' }, 1],
      [{ a: 'used' }, 2],
      [{ 'otel.metric.overflow': true }, 1],
    ]);
    time.now += DAY_MS;
    series.all();
    series.at(['used', null]).count += 1;
    series.at(['new', null]).count += 1;
    series.at(['newer', null]).count += 1;
    expect(countsOf(series)).to.deep.equal([
      [{ a: 'used' }, 3],
      [{ a: 'new' }, 1],
      [{ 'otel.metric.overflow': true }, 2],
    ]);
  });
});
