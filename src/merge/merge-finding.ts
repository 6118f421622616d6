import { shorten, type Finding } from '../validation/finding.ts';
import { CHAIN_MERGING_RULES } from '../validation/rules/chain/merging.ts';
import type { VastDocument } from '../vast/document.ts';
import type { Element } from '../vast/element.ts';
import type { Locate } from '../vast/location.ts';

type Read = { readonly hop: number; readonly document: VastDocument };

/** The rules that merging tells of. */
export type MergeRuleId = 'chain/unmerged-tracker' | 'chain/media-in-wrapper' | 'chain/version-foreign';

/** A finding about an element of a document that was read at a hop. */
export function mergeFinding(
  rule: MergeRuleId,
  source: Read,
  element: Element,
  message: string,
  locate: Locate,
): Finding {
  const { severity, spec } = CHAIN_MERGING_RULES.find(({ id }) => id === rule)!;
  return {
    rule,
    severity,
    vastError: null,
    lossReason: null,
    hop: source.hop,
    ...locate(source.document, element),
    message: shorten(message),
    spec,
  };
}
