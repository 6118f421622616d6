import type { Settled } from '../../../src/chain/step.ts';
import { subjectOf, type Subject } from '../../../src/validation/subject.ts';
import type { Wrapper } from '../../../src/vast/ad.ts';
import { readDocument, type VastDocument } from '../../../src/vast/document.ts';
import { inLineOf, wrapperOf } from '../cache/documents.ts';

let made = 0;

/** The texts of two wrappers of 2.5 KB and an InLine of 7 KB that nobody has seen before. */
export function uniqueTexts(): readonly string[] {
  made += 1;
  return [wrapperOf('https://b.example/vast', `a${made}`), wrapperOf('https://c.example/vast', `b${made}`), inLineOf(`c${made}`)]; // prettier-ignore
}

/** What they are read into. */
export const readAll = (texts: readonly string[]): readonly VastDocument[] =>
  texts.map((text) => {
    const read = readDocument(text);
    if (!read.ok) throw new Error(read.defect.message);
    return read.document;
  });

/** A chain of documents, wrappers first, as it is held against the rules. */
export function chainOf(documents: readonly VastDocument[], known: Partial<Subject>): Subject {
  const hops = documents.map((document, hop) => ({ hop, depth: hop, document, text: document.text, defect: null, failure: null, transfer: null })); // prettier-ignore
  const last = documents.length - 1;
  const branch = documents.slice(0, -1).map((document, hop) => ({ hop, document, wrapper: document.ads[0] as Wrapper, uri: null })); // prettier-ignore
  const document = documents[last]!;
  const inline = document.ads[0] as Settled['inline'];
  const settled: Settled = { kind: 'settled', hop: last, document, inline, branch };
  return subjectOf({ ...known, hops, settled: [settled], deadlineMs: 300 });
}
