/** More are not listed, nor longer names: a stranger writes them. */
const MAX_LISTED = 20;
const MAX_NAME = 40;

/**
 * What of an object is no field of ours, in sentences: most of them are misspelt, and would be missed by nobody.
 * @param within where the object stands, such as `options`
 */
export function unknownFields(value: unknown, known: readonly string[], within = ''): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const fields = new Set(known);
  const unknown = Object.keys(value).filter((name) => !fields.has(name));
  return unknown.slice(0, MAX_LISTED).map((name) => {
    const place = (within === '' ? '' : `${within}.`) + (name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name);
    return `${place} is not known here, so it does nothing`;
  });
}
