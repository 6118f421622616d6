import Papa from 'papaparse';
import { Deadline } from '../deadline.ts';
import { createTurns } from '../unwrap/turns.ts';

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

/** Characters that are read in one piece, and what a row of a table may have: more is passed over. */
const PIECE_CHARS = 8192;
const MAX_ROW_CHARS = 131_072;
const LINE_END = /\r\n|\n|\r/g;
const DAY_MS = 24 * 3600 * 1000;

/**
 * The tags of a text: one a line, or a table as CSV (comma, semicolon or tab) with the tags in the column that is headed
 * `tag`, `url` or `vast url`, else in the first cell of each row that looks like one. Empty lines and those that begin with
 * `#` are passed over. A megabyte takes a while: it is read in pieces, between which others have their turn.
 *
 * @param max more are counted, not taken
 */
export async function readTagList(text: string, max: number): Promise<TagList> {
  const turns = createTurns(Deadline.after(DAY_MS));
  const looksLikeTable = createTableTest();
  let isTable = false;
  for (const lines of piecesOf(text)) {
    await turns.next();
    isTable = looksLikeTable(lines);
    if (isTable) break;
  }
  const read = isTable ? createTableReader() : createLineReader();
  const tags: ListedTag[] = [];
  let beyond = 0;
  const take = (found: readonly ListedTag[]): void => {
    const taken = Math.min(found.length, max - tags.length);
    tags.push(...found.slice(0, taken));
    beyond += found.length - taken;
  };
  for (const lines of piecesOf(text)) {
    await turns.next();
    take(read.next(lines));
  }
  take(read.end());
  return { tags, beyond: beyond + read.passedOver() };
}

/** The lines of a text, a few thousand characters at a time. */
function* piecesOf(text: string): Generator<readonly string[]> {
  let begin = text.startsWith('\ufeff') ? 1 : 0;
  while (begin < text.length) {
    LINE_END.lastIndex = begin + PIECE_CHARS;
    // not within the two characters of one end
    if (text[LINE_END.lastIndex] === '\n' && text[LINE_END.lastIndex - 1] === '\r') LINE_END.lastIndex -= 1;
    const end = LINE_END.exec(text);
    yield text.slice(begin, end?.index ?? text.length).split(LINE_END);
    begin = end === null ? text.length : end.index + end[0].length;
  }
}

/** Takes lines, one piece after another, and gives the tags that end in them. */
type Reader = {
  readonly next: (lines: readonly string[]) => readonly ListedTag[];
  readonly end: () => readonly ListedTag[];
  /** Rows that were too long. */
  readonly passedOver: () => number;
};

function createLineReader(): Reader {
  let count = 0;
  return {
    next: (lines) => {
      const before = count;
      count += lines.length;
      return lines.map((line, at) => ({ line: before + at + 1, tag: line.trim() })).filter(({ tag }) => isMeant(tag));
    },
    end: () => [],
    passedOver: () => 0,
  };
}

const isMeant = (line: string): boolean => line !== '' && !line.startsWith('#');

/** A table has a heading, quotes or tabs; commas and semicolons are common within a tag. */
function createTableTest(): (lines: readonly string[]) => boolean {
  let isFirst = true;
  return (lines) => {
    const meant = lines.map((line) => line.trim()).filter(isMeant);
    const [first] = meant;
    if (first === undefined) return false;
    const isHeaded = isFirst && columnOf(cellsOf(first)) !== -1;
    isFirst = false;
    return isHeaded || meant.some((line) => !IS_TAG.test(line) && /["\t]|[,;]\s*"?https?:/i.test(line));
  };
}

/** More white space in one piece is cut: blanks, or empty cells between tabs. */
const WIDEST_SPACE = 100;

/** The reader of tables looks over the white space before a comma once for every quote in front of it. */
const withoutWideSpace = (line: string): string => line.replaceAll(/\s+/g, (space) => space.slice(0, WIDEST_SPACE));

const TABLE = { newline: '\n' as const, delimitersToGuess: [',', ';', '\t'] };

function createTableReader(): Reader {
  /** Null before it is known. */
  let delimiter: string | null = null;
  /** Of the heading; null before it is known, -1 where there is none. */
  let column: number | null = null;
  let line = 1;
  /** Lines of rows that are whole, and of one that is not: a cell in quotes goes over several. */
  let whole: string[] = [];
  let open: string[] = [];
  let openChars = 0;
  let isOpen = false;
  let passedOver = 0;

  const readWhole = (): readonly ListedTag[] => {
    if (whole.length === 0) return [];
    const text = whole.map(withoutWideSpace).join('\n');
    whole = [];
    const {
      data: rows,
      meta,
      errors,
    } = Papa.parse<string[]>(text, { ...TABLE, ...(delimiter !== null && { delimiter }) });
    if (errors.every(({ code }) => code !== 'UndetectableDelimiter')) delimiter = meta.delimiter;
    return rows.flatMap((row) => {
      const at = line;
      line += 1 + row.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
      const isEmpty = row.every((cell) => cell.trim() === '');
      const isFirst = column === null && !isEmpty;
      if (isFirst) column = columnOf(row);
      if (isEmpty || (isFirst && column !== -1)) return [];
      const cell = column !== null && column !== -1 ? row[column] : row.find((each) => HOLDS_TAG.test(each.trim()));
      const tag = (cell ?? '').trim();
      return isMeant(tag) ? [{ line: at, tag }] : [];
    });
  };
  const closeRow = (): readonly ListedTag[] => {
    const lines = open;
    const isTooLong = openChars > MAX_ROW_CHARS;
    [open, openChars, isOpen] = [[], 0, false];
    if (!isTooLong) {
      whole.push(...lines);
      return [];
    }
    const before = readWhole();
    passedOver += 1;
    line += lines.length;
    return before;
  };

  return {
    next: (lines) => {
      const found = lines.flatMap((each) => {
        open.push(each);
        openChars += each.length + 1;
        if (hasOddQuotes(each)) isOpen = !isOpen;
        return isOpen ? [] : closeRow();
      });
      return [...found, ...readWhole()];
    },
    end: () => [...closeRow(), ...readWhole()],
    passedOver: () => passedOver,
  };
}

function hasOddQuotes(line: string): boolean {
  let isOdd = false;
  for (let at = line.indexOf('"'); at !== -1; at = line.indexOf('"', at + 1)) isOdd = !isOdd;
  return isOdd;
}

/** Of a heading: no table has a longer one. */
const cellsOf = (line: string): readonly string[] => line.slice(0, PIECE_CHARS).split(/[,;\t]/);

/** The column whose heading says that tags are below; -1 for none. */
const columnOf = (cells: readonly string[]): number =>
  cells.findIndex((cell) => HEADINGS.has(cell.toLowerCase().replace(/[^a-z]/g, '')));
