import { expect } from 'chai';
import { batchRow, isGoodRow, refusedRow, worstFirst } from '../../src/batch/batch-row.ts';
import { debugRun } from '../support/debug-run.ts';
import { hopReport, unwrapResult } from '../support/unwrap-result.ts';

const listed = { line: 3, tag: 'https://ads.example/vast' };
const finding = (severity: 'error' | 'warning' | 'info') =>
  ({
    rule: 'x/y',
    severity,
    vastError: null,
    lossReason: null,
    hop: 0,
    path: null,
    line: null,
    message: 'odd',
    spec: null,
  }) as const;

describe('batchRow', () => {
  it('says what became of a tag, and whom to tell what', () => {
    const hops = [hopReport(), hopReport({ index: 1, host: 'slow.example', kind: 'failed', error: 'timeout' })];
    const result = unwrapResult({ status: 'timeout', vastError: 301, reason: 'timeout', adm: null, hops, wrappers: 1 });
    const row = batchRow(listed, debugRun(result));
    expect(row).to.deep.include({ ...listed, status: 'timeout', tone: 'bad', host: 'slow.example', ms: 41.3 });
    expect(row.tell).to.match(/^slow\.example: /);
    expect(isGoodRow(row)).to.equal(false);
  });

  it('counts findings, which may make an ad no good one', () => {
    const row = batchRow(listed, debugRun({ findings: [finding('error'), finding('warning'), finding('info')] }));
    expect([row.errors, row.warnings, isGoodRow(row)]).to.deep.equal([1, 1, false]);
    expect(isGoodRow(batchRow(listed, debugRun()))).to.equal(true);
  });

  it('has a row for what could not be asked for', () => {
    expect(refusedRow(listed, 'No tag.')).to.deep.include({
      ...listed,
      status: 'invalid',
      tone: 'bad',
      verdict: 'No tag.',
    });
  });
});

describe('worstFirst', () => {
  it('sorts by verdict, then status, errors and time', () => {
    const good = batchRow({ line: 1, tag: 'a' }, debugRun());
    const rows = [
      good,
      { ...good, line: 2, ms: 80 },
      { ...good, line: 3, tone: 'doubtful', errors: 2 } as const,
      { ...good, line: 4, tone: 'bad', status: 'timeout' } as const,
      { ...good, line: 5, tone: 'bad', status: 'invalid' } as const,
      { ...good, line: 6, tone: 'doubtful', errors: 5 } as const,
      { ...good, line: 7, tone: 'doubtful', status: 'no_ad' } as const,
    ];
    expect(worstFirst(rows).map(({ line }) => line)).to.deep.equal([5, 4, 7, 6, 3, 2, 1]);
    expect(worstFirst(rows.toReversed()).map(({ line }) => line)).to.deep.equal([5, 4, 7, 6, 3, 2, 1]);
  });
});
