/** One row of the settings table: what a value may be, what it is by default, what it is for. */
export type Setting<Value> = {
  /** What a person may write, such as `whole number, 1 to 64`. */
  readonly type: string;
  readonly default: Value;
  readonly unit: string | null;
  readonly doc: string;
  /** Never shown in full. */
  readonly secret: boolean;
  /** The value of what was written, or what is wrong with it. */
  readonly parse: (written: string) => { readonly value: Value } | { readonly problem: string };
};

type Extra = { readonly unit?: string; readonly secret?: true };

function setting<Value>(
  type: string,
  fallback: Value,
  doc: string,
  parse: (written: string) => Value | undefined,
  extra: Extra = {},
): Setting<Value> {
  return {
    type,
    default: fallback,
    unit: extra.unit ?? null,
    doc,
    secret: extra.secret ?? false,
    parse: (written) => {
      const value = parse(written.trim());
      return value === undefined ? { problem: `must be ${type}` } : { value };
    },
  };
}

/** A whole number within bounds. */
export function whole(fallback: number, min: number, max: number, doc: string, unit?: string): Setting<number> {
  const parse = (written: string): number | undefined => {
    const value = Number(written);
    return /^\d+$/.test(written) && value >= min && value <= max ? value : undefined;
  };
  return setting(`a whole number, ${min} to ${max}`, fallback, doc, parse, unit === undefined ? {} : { unit });
}

/** A number within bounds, or 0 for off. */
export function ratio(min: number, max: number, doc: string): Setting<number> {
  const parse = (written: string): number | undefined => {
    const value = Number(written);
    return /^\d+(\.\d+)?$/.test(written) && (value === 0 || (value >= min && value <= max)) ? value : undefined;
  };
  return setting(`0, or a number from ${min} to ${max}`, 0, doc, parse);
}

/** A part of a whole. */
export function share(fallback: number, doc: string): Setting<number> {
  const parse = (written: string): number | undefined => {
    const value = Number(written);
    return /^[01](\.\d+)?$/.test(written) && value > 0 && value <= 1 ? value : undefined;
  };
  return setting('a number above 0, up to 1', fallback, doc, parse);
}

/** Yes or no. */
export function flag(fallback: boolean, doc: string): Setting<boolean> {
  const words = new Map([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
  ]);
  return setting('true or false', fallback, doc, (written) => words.get(written.toLowerCase()));
}

/** One of some words. */
export function choice<const Word extends string>(words: readonly Word[], fallback: Word, doc: string): Setting<Word> {
  return setting(`one of ${words.join(', ')}`, fallback, doc, (written) => words.find((word) => word === written));
}

/** A text of a certain form. */
export function text(fallback: string, doc: string, type = 'a text', accept = /./): Setting<string> {
  return setting(type, fallback, doc, (written) => (accept.test(written) ? written : undefined));
}

/** A text of a certain form, or nothing. */
export function optional(
  doc: string,
  type: string,
  accept: RegExp | ((written: string) => boolean),
  extra?: Extra,
): Setting<string | null> {
  const accepts = typeof accept === 'function' ? accept : (written: string): boolean => accept.test(written);
  return setting<string | null>(type, null, doc, (written) => (accepts(written) ? written : undefined), extra);
}

/** Some of a kind, separated by commas. */
export function list<Item>(
  type: string,
  fallback: readonly Item[],
  doc: string,
  parse: (written: string) => Item | undefined,
): Setting<readonly Item[]> {
  return setting<readonly Item[]>(`a list of ${type}, separated by commas`, fallback, doc, (written) => {
    const items = written
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== '')
      .map(parse);
    return items.every((item) => item !== undefined) ? items : undefined;
  });
}
