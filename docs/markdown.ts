/** First line of every page that is made: who edits it anyway is told where the change belongs. */
export const MADE = '<!-- Made from the code by `npm run docs`: change that, not this. -->';

/** A Markdown table. A `|` in a cell would end it, so it is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A word of code; nothing for nothing. */
export const code = (word: string): string => (word === '' ? '' : `\`${word}\``);
