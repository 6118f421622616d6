import type { Settled } from '../chain/step.ts';
import type { Finding } from '../validation/finding.ts';
import { assemble } from './assemble.ts';
import { mergeAd, type MergeOptions } from './merge-ad.ts';
import { mergeFinding } from './merge-finding.ts';
import type { Merged } from './merged.ts';
import { createMergeContext, type MergeContext } from './target.ts';

/**
 * Makes one document of the ads that a chain ended in, each with everything that the wrappers above it bring [VAST 4.3,
 * 2.4.2]. Nothing of an InLine is rewritten: its own text with additions, other Ads of its document removed, `Ad@sequence`
 * renumbered in a pod. `ads` are the slots of a pod in their order, or the one stand-alone ad; never empty.
 */
export function mergeAds(ads: readonly Settled[], options: MergeOptions & { readonly pod: boolean }): Merged {
  const context = createMergeContext();
  const merged = ads.map(({ document, inline, hop, branch }) =>
    mergeAd({ document, body: inline.body, hop }, branch, 'InLine', options, context),
  );
  const slots = ads.map(({ document, inline, hop }, i) => ({
    document,
    ad: inline.element,
    hop,
    edits: merged[i]!.edits,
  }));
  const { text, insertions } = assemble(slots, options.pod, context);
  return {
    adm: text,
    insertions,
    findings: [
      ...merged.flatMap(({ findings }) => findings),
      ...(options.quiet === true ? [] : ads.flatMap((ad) => otherVersions(ad, ads[0]!, context))),
    ],
    trackers: () => merged.flatMap(({ trackers }) => trackers()),
  };
}

/** Only the first ad of a pod is sure to stand in a document of its own version. */
function otherVersions(
  { document, inline, hop }: Settled,
  first: Settled,
  { locate }: MergeContext,
): readonly Finding[] {
  const { version } = first.document;
  if (document.version === version) return [];
  const message = `an ad of VAST ${document.version} stands in a document of VAST ${version}, that of the first ad of the pod`;
  return [mergeFinding('chain/version-foreign', { document, hop }, inline.element, message, locate)];
}
