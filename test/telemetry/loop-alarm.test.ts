import { expect } from 'chai';
import { createLog } from '../../src/telemetry/log.ts';
import { createLoopAlarm } from '../../src/telemetry/loop-alarm.ts';

/** The lines of windows with these 99th percentiles, in ms. */
function linesOf(...windows: readonly number[]): readonly Record<string, unknown>[] {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  const { logger } = createLog({ LOG_LEVEL: 'info', LOG_REQUESTS: 'slow' }, () => 0, destination);
  const left = [...windows];
  const delay = { percentile: (share: number) => (share === 99 ? left[0]! * 1e6 : 0), reset: () => void left.shift() };
  const look = createLoopAlarm(logger, delay);
  windows.forEach(look);
  expect(left, 'each window begins anew').to.deep.equal([]);
  return lines;
}

describe('createLoopAlarm', () => {
  it('is silent while timers are in time', () => expect(linesOf(10, 50, 11)).to.deep.equal([]));

  it('warns once, however long it lasts, and says what to do', () => {
    const [line, ...more] = linesOf(10, 51, 900, 26, 60);
    expect(more).to.deep.equal([]);
    expect(line).to.include({ level: 'warn', p99Ms: 51, limitMs: 50, windowMs: 10_000, pid: process.pid });
    expect(line!['msg']).to.contain('WORKERS');
  });

  it('says when it is over, and warns again the next time', () => {
    const lines = linesOf(80, 12, 13, 70, 9);
    expect(lines.map(({ level, p99Ms }) => [level, p99Ms])).to.deep.equal([
      ['warn', 80],
      ['info', 12],
      ['warn', 70],
      ['info', 9],
    ]);
  });
});
