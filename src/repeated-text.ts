/** Longer texts, and more of them, are not kept: strangers write them. */
const MAX_CHARS = 300;
const MAX_TEXTS = 1000;

/**
 * Keeps what was worked out of short texts, such as a header, a host or the options of a query: the same few come with each
 * request. Beyond `MAX_TEXTS` all are forgotten, so that whoever sends another each time costs what it takes to
 * work it out. What `work` throws is not kept.
 */
export function createRepeatedText<Value>(): (text: string, work: () => Value) => Value {
  const known = new Map<string, { readonly value: Value }>();
  return (text, work) => {
    const found = known.get(text);
    if (found !== undefined) return found.value;
    const value = work();
    if (text.length > MAX_CHARS) return value;
    if (known.size >= MAX_TEXTS) known.clear();
    known.set(text, { value });
    return value;
  };
}
