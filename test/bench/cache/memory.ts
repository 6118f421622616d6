import { join } from 'node:path';
import { printTable } from '../print-table.ts';
import { startProcess } from '../process.ts';

type Measured = {
  readonly room: number;
  readonly entries: number;
  readonly evictions: number;
  readonly documentBytes: number | null;
  readonly weighed: number;
  readonly counted: number;
  readonly busyHitMicros: number;
  readonly rareHitMicros: number;
};

/** What 3,000 documents weigh in memory per byte, with plenty of room for trees and with little, and what a hit costs. */
export async function memoryPerByte(): Promise<unknown> {
  const rows = [];
  for (const room of [1e9, 2.4e7]) {
    const { child, said } = await startProcess(join(import.meta.dirname, 'run-memory.ts'), [String(room)], {
      execArgv: ['--expose-gc'],
    });
    child.kill();
    const { entries, documentBytes, weighed, counted, busyHitMicros, rareHitMicros } = said as Measured;
    rows.push({
      'room MB': room / 1e6,
      documents: entries,
      'MB of text': documentBytes === null ? '-' : +(documentBytes / 1e6).toFixed(1),
      'MB in memory': +(weighed / 1e6).toFixed(1),
      'MB counted': +(counted / 1e6).toFixed(1),
      'per byte of text': documentBytes === null ? '-' : +(weighed / documentBytes).toFixed(2),
      'hit, in use (µs)': +busyHitMicros.toFixed(1),
      'hit, seldom (µs)': +rareHitMicros.toFixed(1),
    });
  }
  printTable('Memory of 3,000 cached documents: all in use, and most of them packed', rows);
  return rows;
}
