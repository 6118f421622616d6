/** Of so few texts each is held against the others: URLs differ in their length or early. A set hashes all of each. */
const FEW = 24;

/** Is each of these texts another one? */
export function allDiffer(texts: readonly string[]): boolean {
  if (texts.length > FEW) return new Set(texts).size === texts.length;
  for (let i = 1; i < texts.length; i += 1) {
    for (let j = 0; j < i; j += 1) if (texts[i] === texts[j]) return false;
  }
  return true;
}
