import { randomBytes } from 'node:crypto';
import { endOfString } from './json-string.ts';

// Numbers that a double cannot hold, or that would be written differently, pass through as they were written: prices
// such as 1.10 belong to those who wrote them. A reviver of JSON.parse could do that, but it costs a microsecond and more
// for every value there is, half a second for a megabyte of zeros.

/** A JSON value that is read to be written again. */
export type LosslessJson = {
  /** A number that would be written differently is an opaque string in it. */
  readonly value: unknown;
  /** The JSON of the value, or of what was made of it: every number as it was. */
  readonly write: (value: unknown) => string;
};

const ZERO = 0x30;
const NINE = 0x39;
/** From `+` to `9` are all characters of numbers, and of nothing else in JSON but the comma. */
const PLUS = 0x2b;
const COMMA = 0x2c;

/**
 * Parses JSON such that every number can be written as it was.
 * @param mark what the opaque strings begin with; nobody outside must know it
 */
export function parseLossless(text: string, mark = randomBytes(9).toString('base64url')): LosslessJson {
  let marked = '';
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at);
    else if (isDigit(code)) {
      const start = text[at - 1] === '-' ? at - 1 : at;
      const end = endOfNumber(text, at);
      const written = text.slice(start, end);
      if (String(Number(written)) !== written) {
        marked += `${text.slice(from, start)}"${mark}${written}"`;
        from = end;
      }
      at = end - 1;
    }
  }
  if (marked === '') return { value: JSON.parse(text), write: JSON.stringify };
  return {
    value: JSON.parse(marked + text.slice(from)),
    write: (value) => withoutMarks(JSON.stringify(value), `"${mark}`),
  };
}

const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;

function endOfNumber(text: string, start: number): number {
  let end = start + 1;
  for (let code = text.charCodeAt(end); isOfNumber(code); code = text.charCodeAt(end)) end += 1;
  return end;
}

const isOfNumber = (code: number): boolean =>
  (code >= PLUS && code <= NINE && code !== COMMA) || code === 0x65 || code === 0x45;

/** Takes the marks and the quotes around marked numbers away. */
function withoutMarks(json: string, opening: string): string {
  const [first, ...marked] = json.split(opening);
  const numbers = marked.map((piece) => {
    const quote = piece.indexOf('"');
    return piece.slice(0, quote) + piece.slice(quote + 1);
  });
  return first + numbers.join('');
}
