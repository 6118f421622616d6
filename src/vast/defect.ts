import { lineOf } from './element.ts';
import { ERROR_CODES, type VastErrorCode } from './error-code.ts';

/** Why a text could not be read as VAST. */
export type VastDefect = {
  readonly code: VastErrorCode;
  /** What was wrong, for people. Never quotes the document. */
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
  /** Error URLs of the document itself, where they could be read. */
  readonly errorUrls: readonly string[];
};

/** A defect at an offset of the text: line and column are counted from 1, in UTF-16 units. */
export function defectAt(
  text: string,
  offset: number,
  message: string,
  code: VastErrorCode = ERROR_CODES.xmlParsing,
  errorUrls: readonly string[] = [],
): VastDefect {
  const line = lineOf(text, offset);
  const column = offset - text.slice(0, offset).lastIndexOf('\n');
  return Object.freeze({ code, message, line, column, errorUrls: Object.freeze([...errorUrls]) });
}
