import type { Branch, Settled } from '../../src/chain/step.ts';
import { read } from './vast-text.ts';

/** The branch of these wrapper documents, outermost first; each hop is one document, its first Ad the wrapper. */
export function branchOf(wrappers: readonly string[]): Branch {
  return wrappers.map((text, hop) => {
    const document = read(text);
    const [wrapper] = document.ads;
    if (wrapper?.kind !== 'wrapper') throw new Error(`document ${hop} does not begin with a Wrapper`);
    return { hop, document, wrapper, uri: null };
  });
}

/** A chain of these wrappers (outermost first) that ended in the first InLine of a document. */
export function settled(wrappers: readonly string[], inLine: string): Settled {
  const document = read(inLine);
  const inline = document.ads.find((ad) => ad.kind === 'inline');
  if (inline === undefined) throw new Error('the last document has no InLine');
  return { kind: 'settled', hop: wrappers.length, document, inline, branch: branchOf(wrappers) };
}
