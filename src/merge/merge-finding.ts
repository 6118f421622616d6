import type { Finding, Severity } from '../validation/finding.ts';
import type { VastDocument } from '../vast/document.ts';
import { lineOf, pathOf, type Element } from '../vast/element.ts';

/** What merging can find, for people: none of it stops an ad. */
export const MERGE_FINDINGS = {
  'chain/unmerged-tracker': {
    severity: 'info',
    title: 'A tracker of a Wrapper has nothing in the ad that it could belong to',
    spec: 'VAST 4.3, 3.19',
  },
  'chain/media-in-wrapper': {
    severity: 'warning',
    title: 'The creative of a Wrapper holds what has no meaning there; it was ignored',
    spec: 'VAST 4.3, 3.19',
  },
  'chain/version-foreign': {
    severity: 'info',
    title: 'Something that was merged is not known to the version of the document; players that know it act on it',
    spec: 'IAB Tech Lab, VAST schemas',
  },
} as const satisfies Record<string, { severity: Severity; title: string; spec: string }>;

type Read = { readonly hop: number; readonly document: VastDocument };
export type MergeRule = keyof typeof MERGE_FINDINGS;

/** A finding about an element of a document that was read at a hop. */
export function mergeFinding(rule: MergeRule, source: Read, element: Element, message: string): Finding {
  const { root, text } = source.document;
  const { severity, spec } = MERGE_FINDINGS[rule];
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
