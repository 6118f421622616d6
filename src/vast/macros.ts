import { encodeValues, fillWithin } from './fill-within.ts';
import { MACROS } from './macro-table.ts';

/** What a macro is replaced by: -1 not known, -2 withheld, 0 not applicable, else the value itself. */
export type MacroValue = string | number | readonly (string | number)[];
/** By the macro's name, without brackets. What is missing is not known. */
export type MacroValues = ReadonlyMap<string, MacroValue>;

const UNKNOWN = -1;
/** Values that say nothing of anybody. */
const SILENT: readonly MacroValue[] = [UNKNOWN, -2, 0];
const TAG_MACROS = new Map(MACROS.filter(({ inTagRequests }) => inTagRequests).map((macro) => [macro.name, macro]));

/**
 * Fills the macros of an ad tag URI [VAST 4.3, 6]: those that may stand in one, written `[NAME]` in upper case, each
 * value percent-encoded on its own and lists joined by a comma. Everything else stays as it is: other names, brackets
 * that are percent-encoded (they belong to a URL inside this one, which is filled when its time comes), and `data:`
 * URIs, which are documents. `personal` tells whether a value of one user, device or impression went in.
 */
export function fillMacros(uri: string, values: MacroValues): { readonly uri: string; readonly personal: boolean } {
  if (!uri.includes('[') || /^\s*data:/i.test(uri)) return { uri, personal: false };
  let personal = false;
  const filled = fillWithin(uri, /\[([A-Z]+)\]/g, (written) => {
    const name = written.slice(1, -1);
    const macro = TAG_MACROS.get(name);
    if (macro === undefined) return written;
    const value = values.get(name) ?? UNKNOWN;
    personal ||= macro.personal && !SILENT.includes(value);
    return encode(value);
  });
  return { uri: filled, personal };
}

function encode(value: MacroValue): string {
  const values = typeof value === 'object' ? value : [value];
  return encodeValues(values.length === 0 ? [UNKNOWN] : values);
}
