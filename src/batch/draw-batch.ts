import { formatMs } from '../debug/figures.ts';
import { printable } from '../debug/printable.ts';
import type { Paint, Style } from '../debug/terminal.ts';
import type { BatchRow } from './batch-row.ts';

const STYLES: Readonly<Record<BatchRow['tone'], Style>> = {
  good: 'green',
  open: 'cyan',
  doubtful: 'yellow',
  bad: 'red',
};
const HOST_WIDTH = 30;

/**
 * Rows as lines for a terminal, in the order that they have, and how many are good.
 * @param width columns of the terminal
 */
export function drawBatch(rows: readonly BatchRow[], width = 100, paint: Paint = (_style, text) => text): string {
  const cells = rows.map((row) => [String(row.line), row.status, formatMs(row.ms), cut(printable(row.host ?? ''), HOST_WIDTH)]); // prettier-ignore
  const titles = ['line', 'status', 'time', 'host'];
  const widths = titles.map((title, at) => Math.max(title.length, ...cells.map((row) => row[at]!.length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, at) => (at % 2 === 0 ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!))).join('  ');
  const indent = ' '.repeat(widths[0]! + 2);
  const room = Math.max(20, width - line(titles).length - 4);
  const drawn = rows.flatMap(({ tone, tag, verdict }, at) => [
    `  ${paint(STYLES[tone], line(cells[at]!))}  ${cut(printable(tag), room)}`,
    ...(tone === 'good' ? [] : [`  ${indent}${printable(verdict)}`]),
  ]);
  return [paint('dim', `  ${line(titles)}  tag`), ...drawn, '', `  ${summary(rows)}`, ''].join('\n');
}

/** `3 tags: 1 good, 2 bad`. */
export function summary(rows: readonly BatchRow[]): string {
  const parts = Object.keys(STYLES).flatMap((tone) => {
    const number = rows.filter((row) => row.tone === tone).length;
    return number === 0 ? [] : [`${number} ${tone}`];
  });
  return `${rows.length} ${rows.length === 1 ? 'tag' : 'tags'}: ${parts.join(', ') || 'none'}`;
}

const cut = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);
