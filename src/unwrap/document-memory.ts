import { readDocument, type ReadResult } from '../vast/document.ts';

/** How much text is remembered, in UTF-16 units. The trees take about five times as much. */
const MAX_LENGTH = 4 * 1024 * 1024;

export type ReadText = (text: string) => ReadResult;

/**
 * Reads documents, each text once: ad servers send the same ones over and over, and reading is half of what an unwrap
 * costs. Nothing is spared but the reading, since documents are frozen; the least recently used are forgotten.
 */
export function createDocumentMemory(maxLength = MAX_LENGTH, read: ReadText = readDocument): ReadText {
  const known = new Map<string, ReadResult>();
  let length = 0;
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) {
      known.delete(text);
      known.set(text, before);
      return before;
    }
    const result = read(text);
    // What is broken is rare, and a single giant must not push out everything else.
    if (!result.ok || text.length > maxLength / 8) return result;
    known.set(text, result);
    length += text.length;
    for (const oldest of known.keys()) {
      if (length <= maxLength) break;
      known.delete(oldest);
      length -= oldest.length;
    }
    return result;
  };
}
