import type { Settled } from '../chain/step.ts';
import type { Finding } from '../validation/finding.ts';
import { assemble } from './assemble.ts';
import { mergeAd, type MergeOptions } from './merge-ad.ts';
import { mergeFinding } from './merge-finding.ts';
import type { Merged } from './merged.ts';
import { createCommons, type Commons } from './target.ts';

/**
 * Makes one document of the ads that a chain ended in, each with everything that the wrappers above it bring [VAST 4.3,
 * 2.4.2]. Nothing of an InLine is rewritten: its own text with additions, other Ads of its document removed, `Ad@sequence`
 * renumbered in a pod. `ads` are the slots of a pod in their order, or the one stand-alone ad; never empty.
 */
export function mergeAds(ads: readonly Settled[], options: MergeOptions & { readonly pod: boolean }): Merged {
  const commons = createCommons();
  const merged = ads.map(({ document, inline, hop, branch }) =>
    mergeAd({ document, body: inline.body, hop }, branch, 'InLine', options, commons),
  );
  const slots = ads.map(({ document, inline, hop }, i) => ({
    document,
    ad: inline.element,
    hop,
    edits: merged[i]!.edits,
  }));
  const { text, insertions } = assemble(slots, options.pod, commons);
  return {
    adm: text,
    insertions,
    findings: [...merged.flatMap(({ findings }) => findings), ...ads.flatMap((ad) => strangers(ad, ads[0]!, commons))],
    trackers: () => merged.flatMap(({ trackers }) => trackers()),
  };
}

/** Only the first ad of a pod is sure to stand in a document of its own version. */
function strangers({ document, inline, hop }: Settled, first: Settled, { locate }: Commons): readonly Finding[] {
  const { version } = first.document;
  if (document.version === version) return [];
  const message = `an ad of VAST ${document.version} stands in a document of VAST ${version}, that of the first ad of the pod`;
  return [mergeFinding('chain/version-foreign', { document, hop }, inline.element, message, locate)];
}
