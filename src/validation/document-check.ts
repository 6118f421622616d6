import type { VastDocument } from '../vast/document.ts';
import type { DocumentRule } from './rule.ts';

/** A check of a document that could be read; what it finds is told of the root element. */
export const atRoot =
  (check: (document: VastDocument) => string | null): DocumentRule['check'] =>
  ({ document }) => {
    const message = document === null ? null : check(document);
    return message === null ? [] : [{ element: document!.root, message }];
  };
