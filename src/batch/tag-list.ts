import Papa from 'papaparse';

/** One tag of a list: a tag URL, or a document or bid on one line. */
export type ListedTag = {
  /** Where it stands in what was given, 1 for the first line. */
  readonly line: number;
  readonly tag: string;
};

/** What came as a list. */
export type TagList = {
  readonly tags: readonly ListedTag[];
  /** How many more there were than are taken. */
  readonly beyond: number;
};

/** Headings of the column that holds the tags, in lower case, letters alone. */
const HEADINGS = new Set(['tag', 'tags', 'tagurl', 'adtag', 'adtagurl', 'url', 'vast', 'vasturl', 'vasttag', 'vasttagurl', 'adm']); // prettier-ignore

/** A line that is one tag by itself, whatever commas are in it. */
const IS_TAG = /^(?:https?:|\/\/|[<{])/i;
/** A cell that holds one, also where its scheme is missing. */
const HOLDS_TAG = /^(?:https?:\/\/|\/\/|[<{])/i;

/**
 * The tags of a text: one a line, or a table as CSV (comma, semicolon or tab) with the tags in the column that is headed
 * `tag`, `url` or `vast url`, else in the first cell of each row that looks like one. Empty lines and those that begin with
 * `#` are passed over.
 *
 * @param max more are counted, not taken
 */
export function readTagList(text: string, max: number): TagList {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  const tags = isTable(lines) ? tagsOfTable(lines.map(withoutWideSpace).join('\n')) : tagsOfLines(lines);
  return { tags: tags.slice(0, max), beyond: Math.max(0, tags.length - max) };
}

function tagsOfLines(lines: readonly string[]): readonly ListedTag[] {
  return lines.map((line, at) => ({ line: at + 1, tag: line.trim() })).filter(({ tag }) => isMeant(tag));
}

const isMeant = (line: string): boolean => line !== '' && !line.startsWith('#');

/** More white space in one piece is cut: blanks, or empty cells between tabs. */
const WIDEST_SPACE = 100;

/** The reader of tables looks over the white space before a comma once for every quote in front of it. */
const withoutWideSpace = (line: string): string => line.replaceAll(/\s+/g, (space) => space.slice(0, WIDEST_SPACE));

/** A table has a heading, quotes or tabs; commas and semicolons are common within a tag. */
function isTable(lines: readonly string[]): boolean {
  const meant = lines.map((line) => line.trim()).filter(isMeant);
  const [first = ''] = meant;
  return columnOf(cellsOf(first)) !== -1 || meant.some((line) => !IS_TAG.test(line) && /["\t]|[,;]\s*"?https?:/i.test(line)); // prettier-ignore
}

function tagsOfTable(text: string): readonly ListedTag[] {
  const { data: rows } = Papa.parse<string[]>(text, { newline: '\n', delimitersToGuess: [',', ';', '\t'] });
  const column = columnOf(rows.find((row) => row.some((cell) => cell.trim() !== '')) ?? []);
  let isHeaded = column !== -1;
  let line = 1;
  return rows.flatMap((row) => {
    const at = line;
    line += 1 + row.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
    const isHeading = isHeaded && row.some((cell) => cell.trim() !== '');
    if (isHeading) isHeaded = false;
    const tag = (isHeading ? '' : column !== -1 ? row[column] : row.find((cell) => HOLDS_TAG.test(cell.trim()))) ?? '';
    return isMeant(tag.trim()) ? [{ line: at, tag: tag.trim() }] : [];
  });
}

const cellsOf = (line: string): readonly string[] => line.split(/[,;\t]/);

/** The column whose heading says that tags are below; -1 for none. */
const columnOf = (cells: readonly string[]): number =>
  cells.findIndex((cell) => HEADINGS.has(cell.toLowerCase().replace(/[^a-z]/g, '')));
