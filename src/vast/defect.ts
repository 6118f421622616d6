import type { VastDefect } from './document.ts';
import { lineOf } from './element.ts';
import { ERROR_CODES, type VastErrorCode } from './error-code.ts';

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
