/** Names longer than this are of nobody who meant one of ours. */
const MAX_LENGTH = 64;
/** A short name is easily near to another one by chance. */
const SHORT_LENGTH = 8;

/**
 * The name that was probably meant, or null: one or two letters wrong, missing, too many or exchanged, or some of its words
 * in any order (`TMAX_DEFAULT`).
 */
export function nearestName(written: string, names: readonly string[]): string | null {
  if (written.length > MAX_LENGTH) return null;
  const limit = written.length < SHORT_LENGTH ? 1 : 2;
  const near = names
    .map((name) => ({ name, edits: editsBetween(written, name) }))
    .filter(({ edits }) => edits <= limit)
    .sort((a, b) => a.edits - b.edits)[0];
  return (near?.edits === 1 ? near.name : names.find((name) => sharesWords(written, name))) ?? near?.name ?? null;
}

/** Is it the name without some of its words, or with its words in another order? One word alone says nothing. */
function sharesWords(written: string, name: string): boolean {
  const words = written.split('_');
  const named = new Set(name.split('_'));
  return words.length > 1 && words.every((word) => named.has(word));
}

/** Optimal string alignment: letters inserted, taken away, changed, or exchanged with their neighbour. */
function editsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      let edits = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (isSame ? 0 : 1));
      const isExchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isExchanged) edits = Math.min(edits, beforeLast[j - 2]! + 1);
      row.push(edits);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length]!;
}
