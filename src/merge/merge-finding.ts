import type { Finding } from '../validation/finding.ts';
import { MERGE_RULES } from '../validation/rules/merging.ts';
import type { VastDocument } from '../vast/document.ts';
import { lineOf, pathOf, type Element } from '../vast/element.ts';

type Read = { readonly hop: number; readonly document: VastDocument };

/** The rules that merging tells of. */
export type MergeRule = 'chain/unmerged-tracker' | 'chain/media-in-wrapper' | 'chain/version-foreign';

/** A finding about an element of a document that was read at a hop. */
export function mergeFinding(rule: MergeRule, source: Read, element: Element, message: string): Finding {
  const { root, text } = source.document;
  const { severity, spec } = MERGE_RULES.find(({ id }) => id === rule)!;
  return {
    rule,
    severity,
    vastError: null,
    lossReason: null,
    hop: source.hop,
    path: pathOf(root, element),
    line: lineOf(text, element.start),
    message,
    spec,
  };
}
