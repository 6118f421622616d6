/** Keys that are remembered for a while. */
export type KeyMemory = {
  readonly has: (key: string) => boolean;
  readonly add: (key: string) => void;
  readonly delete: (key: string) => void;
};

/**
 * Remembers the latest keys. They are not kept in order, which would cost each hop more than it is worth: they are in two
 * halves, and when the younger is full the older is forgotten.
 *
 * @param maxChars what both may hold, in characters
 */
export function createKeyMemory(maxChars: number): KeyMemory {
  let young = new Set<string>();
  let old = new Set<string>();
  let room = maxChars / 2;
  return {
    has: (key) => young.has(key) || old.has(key),
    add: (key) => {
      if (key.length > maxChars / 2 || young.has(key)) return;
      if (key.length > room) {
        old = young;
        young = new Set();
        room = maxChars / 2;
      }
      young.add(key);
      room -= key.length;
    },
    delete: (key) => {
      old.delete(key);
      if (young.delete(key)) room += key.length;
    },
  };
}
