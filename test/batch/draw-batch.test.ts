import { expect } from 'chai';
import { batchRow } from '../../src/batch/batch-row.ts';
import { drawBatch, summary } from '../../src/batch/draw-batch.ts';
import { debugRun } from '../support/debug-run.ts';

const good = batchRow({ line: 12, tag: `https://a.example/${'x'.repeat(300)}` }, debugRun());
const bad = {
  ...good,
  line: 3,
  tone: 'bad',
  status: 'timeout',
  verdict: 'An SSP would\u001b[2J drop it.',
  host: 'h\u202e.example',
} as const;

describe('drawBatch', () => {
  it('has a line for each tag, with a sentence below what is not good', () => {
    const lines = drawBatch([bad, good], 80).split('\n');
    expect(lines[1]).to.match(/^ {5}3 {2}timeout /);
    expect(lines[2]).to.match(/^ {8}An SSP would/);
    expect(lines[3]).to.match(/^ {4}12 {2}resolved /);
    expect(lines.at(-2)).to.equal('  2 tags: 1 good, 1 bad');
    expect(Math.max(...lines.map((line) => line.length))).to.be.at.most(80);
  });

  it('writes nothing that a terminal would act upon', () => {
    for (const line of drawBatch([bad]).split('\n')) expect(line).not.to.match(/[\p{Cc}\p{Cf}]/u);
  });

  it('sums up', () => {
    expect(summary([])).to.equal('0 tags: none');
    expect(summary([good])).to.equal('1 tag: 1 good');
  });
});
