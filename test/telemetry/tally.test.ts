import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { expect } from 'chai';
import { PrometheusReader } from '../../src/telemetry/prometheus-reader.ts';
import { createTally } from '../../src/telemetry/tally.ts';

describe('createTally', () => {
  it('adds up by labels, for each reader all of it, each time it is read', async () => {
    const readers = [new PrometheusReader(), new PrometheusReader()] as const;
    const meter = new MeterProvider({ readers: [...readers] }).getMeter('test');
    const tally = createTally(meter.createObservableCounter('eaten'), ['fruit', 'grade']);
    const read = async (reader: PrometheusReader): Promise<readonly string[]> =>
      (await reader.render()).split('\n').filter((line) => line.startsWith('eaten'));
    tally.add(1, ['apple', 1]);
    tally.add(0.5, ['apple', 1]);
    tally.add(2, ['pear', 1]);
    const all = ['eaten_total{fruit="apple",grade="1"} 1.5', 'eaten_total{fruit="pear",grade="1"} 2'];
    expect(await read(readers[0])).to.deep.equal(all);
    expect(await read(readers[0])).to.deep.equal(all);
    tally.add(1, ['pear', 1]);
    expect(await read(readers[1])).to.deep.equal([all[0], 'eaten_total{fruit="pear",grade="1"} 3']);
  });
});
