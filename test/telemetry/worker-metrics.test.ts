import { expect } from 'chai';
import { createWorkerMetrics } from '../../src/telemetry/worker-metrics.ts';

const told = (shed: number): string =>
  `# HELP x Requests.\n# TYPE x counter\nx ${shed}\n# HELP y Under way.\n# TYPE y gauge\ny ${shed}\n`;

describe('createWorkerMetrics', () => {
  it('never lets a counter fall: not for a silent worker, nor for one that ended', () => {
    const sum = createWorkerMetrics();
    const both = [1, 2];
    const first = new Map([
      [1, told(5)],
      [2, told(7)],
    ]);
    expect(sum(told(1), first, both)).to.equal(told(13));
    expect(sum(told(1), new Map([[2, told(8)]]), both), 'the first is silent').to.equal(told(14));
    const withoutFirst = sum(told(1), new Map([[2, told(9)]]), [2, 3]);
    expect(withoutFirst).to.contain('\nx 15\n').and.contain('\ny 10\n');
    const withThird = sum(told(1), new Map([[3, told(2)]]), [3]);
    expect(withThird).to.contain('\nx 17\n').and.contain('\ny 3\n');
  });
});
