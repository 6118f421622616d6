import Papa from 'papaparse';
import type { BatchRow } from './batch-row.ts';

const COLUMNS = ['line', 'tag', 'status', 'vastError', 'reason', 'verdict', 'tell', 'wrappers', 'ms', 'host', 'adTitle', 'advertiser', 'durationSec', 'errors', 'warnings'] as const satisfies readonly (keyof BatchRow)[]; // prettier-ignore

/**
 * What a spreadsheet takes for a formula, whatever white space is before it: titles and hosts are strangers' words, and a
 * formula can send a whole table elsewhere [OWASP, CSV Injection].
 */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;

/** The rows as CSV [RFC 4180]: every cell is a text or a number to a spreadsheet, never a formula. */
export function batchCsv(rows: readonly BatchRow[]): string {
  const data = rows.map((row) => COLUMNS.map((column) => row[column] ?? ''));
  return `${Papa.unparse({ fields: [...COLUMNS], data }, { escapeFormulae: FORMULA })}\r\n`;
}
