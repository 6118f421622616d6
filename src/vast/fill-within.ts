/**
 * No ad server is asked by a longer URL (the egress guard refuses it), so nothing is filled or looked for beyond: values
 * and tags are written by strangers, and some kilobytes of each could ask for gigabytes.
 */
export const MAX_URL_CHARS = 8192;

/**
 * Replaces what a pattern finds, as long as the text is no longer than a URL may be; what is left then stays as it is
 * written, and the URL is refused for its length.
 */
export function fillWithin(
  text: string,
  pattern: RegExp,
  fill: (written: string, ...groups: readonly unknown[]) => string,
): string {
  let length = text.length;
  if (length > MAX_URL_CHARS) return text;
  return text.replace(pattern, (written: string, ...groups: unknown[]) => {
    if (length > MAX_URL_CHARS) return written;
    const value = fill(written, ...groups);
    length += value.length - written.length;
    return value;
  });
}

/** Values percent-encoded each on its own and joined by a raw comma; cut where they are too long for any URL. */
export function encodeValues(values: readonly (string | number)[]): string {
  let encoded = '';
  for (const [at, value] of values.entries()) {
    if (encoded.length > MAX_URL_CHARS) break;
    const text = String(value).slice(0, MAX_URL_CHARS + 1);
    encoded += (at === 0 ? '' : ',') + encodeURIComponent(text.toWellFormed());
  }
  return encoded;
}
