import { createRepeatedText } from '../repeated-text.ts';

/** What a Cache-Control header says [RFC 9111, 5.2.2]. */
export type CacheControl = {
  /** Did it say anything at all? */
  readonly present: boolean;
  /** Directive names in lower case. */
  readonly names: ReadonlySet<string>;
  /** The lifetime of a directive in seconds: the shortest where it is repeated, 0 where it makes no sense, null where absent. */
  readonly seconds: (name: string) => number | null;
};

/** Servers write `;` too, where the specification has a comma. */
const DIRECTIVE = /([^\s,;="]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,;]*)))?/g;

const known = createRepeatedText<CacheControl>();

/** Reads a Cache-Control header; directives count in any case [RFC 9111, 5.2]. Servers have few of them. */
export function readCacheControl(header: string): CacheControl {
  return known(header, () => readDirectives(header));
}

function readDirectives(header: string): CacheControl {
  const values = new Map<string, string[]>();
  for (const [, name = '', quoted, plain] of header.matchAll(DIRECTIVE)) {
    const key = name.toLowerCase();
    const written = quoted ?? plain ?? '';
    const before = values.get(key);
    if (before === undefined) values.set(key, [written]);
    else before.push(written);
  }
  return {
    present: header.trim() !== '',
    names: new Set(values.keys()),
    seconds: (name) => {
      const written = values.get(name);
      return written === undefined ? null : Math.min(...written.map(readDeltaSeconds));
    },
  };
}

/** A number of seconds [RFC 9111, 1.2.2]; 0 for what is none, so that a mistake never keeps anything. */
function readDeltaSeconds(written: string): number {
  return /^\d+$/.test(written) ? Number(written) : 0;
}
