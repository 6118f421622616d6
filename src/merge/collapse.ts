import type { Branch } from '../chain/step.ts';
import { tagElementOf } from '../vast/ad.ts';
import { assemble } from './assemble.ts';
import { mergeAd, type MergeOptions } from './merge-ad.ts';
import type { Merged } from './merged.ts';
import type { Edit } from './splice.ts';
import { createMergeContext } from './target.ts';

/**
 * Makes one Wrapper of the wrappers read so far, so that a player follows fewer hops and no tracker is lost: the innermost
 * one's own document with everything of those above it. Its VASTAdTagURI stays as it is, macros unfilled, except for a
 * relative one, or one by a name of old, which becomes `unresolved`, the absolute URI. `branch` is outermost first, never empty.
 */
export function collapse(branch: Branch, unresolved: string, options: MergeOptions = { dedupe: 'none' }): Merged {
  const { document, wrapper, hop } = branch.at(-1)!;
  const { body, element: ad, tagUri } = wrapper;
  const context = createMergeContext();
  const merged = mergeAd({ document, body, hop }, branch.slice(0, -1), 'Wrapper', options, context);
  const tag = tagElementOf(body)!;
  const isReadable = tag.name === 'VASTAdTagURI' && tag.text !== '' && /^[a-z][a-z0-9+.-]*:/i.test(tagUri);
  const written = `<VASTAdTagURI>${escapeText(unresolved)}</VASTAdTagURI>`;
  const absolute: readonly Edit[] = isReadable ? [] : [{ start: tag.start, end: tag.end, text: written, hop }];
  const { text, insertions } = assemble([{ document, ad, hop, edits: [...merged.edits, ...absolute] }], false, context);
  return { adm: text, insertions, findings: merged.findings, trackers: merged.trackers };
}

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
