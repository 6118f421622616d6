/** Prints rows as an aligned table, one column per key. */
export function printTable(title: string, rows: readonly Readonly<Record<string, string | number>>[]): void {
  const columns = Object.keys(rows[0] ?? {});
  const cells = [columns, ...rows.map((row) => columns.map((column) => String(row[column])))];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index]!.length)));
  console.log(`\n${title}`);
  for (const line of cells) console.log(line.map((cell, index) => cell.padEnd(widths[index]!)).join('  '));
}
