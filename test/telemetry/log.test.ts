import { expect } from 'chai';
import { createLog, type Log, type RequestNote } from '../../src/telemetry/log.ts';
import { VERSION } from '../../src/version.ts';
import { hopReport, unwrapResult } from '../support/unwrap-result.ts';

const slow = unwrapResult({ deadline: { tmax: 100, elapsedMs: 81 }, hops: [hopReport({ ms: 70.04 })] });
const quick = unwrapResult({ deadline: { tmax: 100, elapsedMs: 80 } });
const note: RequestNote = {
  method: 'POST',
  route: '/v1/unwrap',
  httpStatus: 200,
  ms: 82.123,
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  result: slow,
  error: null,
};

function logged(
  settings: { readonly LOG_LEVEL?: string; readonly LOG_REQUESTS?: 'slow' | 'all' },
  write: (log: Log) => void,
  clock = (): number => 0,
): readonly Record<string, unknown>[] {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  write(createLog({ LOG_LEVEL: 'info', LOG_REQUESTS: 'slow', ...settings }, clock, destination));
  return lines;
}

describe('createLog', () => {
  it('has a line for a request that used over 80 % of its deadline, with the ids of trace and span', () => {
    const [line, ...more] = logged({}, (log) => log.request(note));
    expect(more).to.deep.equal([]);
    expect(line).to.include({ level: 'info', msg: 'request', traceId: note.traceId, spanId: note.spanId, ms: 82.1 });
    expect(line!['hops']).to.deep.equal([{ host: 'ads.example', ms: 70, error: null }]);
  });

  it('has none for the others, unless it is asked to', () => {
    const quickOne = { ...note, result: quick };
    expect(logged({}, (log) => log.request(quickOne))).to.deep.equal([]);
    expect(logged({}, (log) => log.request({ ...note, result: null }))).to.deep.equal([]);
    expect(logged({ LOG_REQUESTS: 'all' }, (log) => log.request(quickOne))).to.have.lengthOf(1);
  });

  it('writes ten slow ones a second at most', () => {
    let ms = 0;
    const lines = logged(
      {},
      (log) => {
        for (ms = 0; ms < 2000; ms += 10) log.request(note);
      },
      () => ms,
    );
    expect(lines).to.have.lengthOf(20);
  });

  it('says of a request nothing that names a person or holds a document', () => {
    const [line] = logged({}, (log) => log.request(note));
    expect(Object.keys(line!)).to.deep.equal(
      [
        'level',
        'time',
        'version',
        'method',
        'route',
        'httpStatus',
        'ms',
        'traceId',
        'spanId',
        'status',
        'vastError',
      ].concat(['wrappers', 'tmax', 'hops', 'msg']),
    );
  });

  it('goes by other settings when it is told to', () => {
    const lines = logged({ LOG_LEVEL: 'error' }, (log) => {
      log.request(note);
      log.set({ LOG_LEVEL: 'info', LOG_REQUESTS: 'all' });
      log.request({ ...note, result: quick });
    });
    expect(lines).to.have.lengthOf(1);
    expect(lines[0]).to.include({ level: 'info', version: VERSION });
  });

  it('says of a bug where it is, and not what its message quotes', () => {
    const [line] = logged({}, (log) => log.bug(new Error('secret https://ads.example/?token=1'), 'trace1'));
    expect(line).to.include({ level: 'error', msg: 'bug', traceId: 'trace1' });
    expect(line!['stack']).to.match(/log\.test\.ts/);
    expect(JSON.stringify(line)).not.to.contain('secret');
  });
});
