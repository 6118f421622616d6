/** Longer names are no domains [RFC 1035, 2.3.4]. */
const MAX_DOMAIN = 253;
/** Categories of all taxonomies have fewer parts, such as the two of `IAB7-39`. */
const MAX_CATEGORY_PARTS = 8;

const NONE: ReadonlySet<string> = new Set();
const made = new WeakMap<readonly string[], ReadonlySet<string>>();

/**
 * The words of a list of the request, trimmed and in lower case, to be looked up. It is made once for each list, though
 * many bids are held against it.
 */
export function wordSet(list: readonly string[]): ReadonlySet<string> {
  if (list.length === 0) return NONE;
  const known = made.get(list);
  if (known !== undefined) return known;
  const set = new Set(list.map((each) => each.trim().toLowerCase()).filter((each) => each !== ''));
  made.set(list, set);
  return set;
}

/** Is a category among these, or one that it belongs to: `IAB7` has `IAB7-39` too. */
export function hasCategory(words: ReadonlySet<string>, category: string): boolean {
  const one = category.trim().toLowerCase();
  if (words.has(one)) return true;
  let end = one.indexOf('-');
  for (let parts = 1; end !== -1 && parts < MAX_CATEGORY_PARTS; parts += 1) {
    if (words.has(one.slice(0, end))) return true;
    end = one.indexOf('-', end + 1);
  }
  return false;
}

/** Is a host, or a domain that it belongs to, among these? */
export function hasDomain(words: ReadonlySet<string>, host: string): boolean {
  const one = host.toLowerCase();
  if (words.has(one)) return true;
  if (words.size === 0 || one.length > MAX_DOMAIN) return false;
  for (let dot = one.indexOf('.'); dot !== -1; dot = one.indexOf('.', dot + 1)) {
    if (words.has(one.slice(dot + 1))) return true;
  }
  return false;
}
