import type { Settled } from '../chain/step.ts';
import type { Imp } from '../openrtb/objects.ts';
import { linearsOf, mediaFileElements, readMediaFile } from '../vast/creative.ts';

/** Files of one ad, and of all ads of a pod together, that are looked at. */
const MAX_PER_AD = 3;
const MAX_IN_ALL = 16;

/**
 * The URLs of the media files that are worth a look: of each ad the first few, in the order of the document, those of a
 * type that the `imp` takes before the others. A player takes one of them; to look at every rendition would multiply the
 * load on media hosts and tell little more.
 */
export function filesToProbe(settled: readonly Settled[], imp: Imp | null): readonly string[] {
  const mimes = [...(imp?.video?.mimes ?? []), ...(imp?.audio?.mimes ?? [])].map((mime) => mime.toLowerCase());
  const urls = settled.flatMap(({ inline }) => {
    const files = linearsOf(inline.body).flatMap(mediaFileElements).map(readMediaFile);
    const isTaken = (type: string | null): boolean => mimes.includes(type?.trim().toLowerCase() ?? '');
    const inOrder = [...files.filter(({ type }) => isTaken(type)), ...files.filter(({ type }) => !isTaken(type))];
    return inOrder
      .map(({ url }) => url)
      .filter(isFetchable)
      .slice(0, MAX_PER_AD);
  });
  return [...new Set(urls)].slice(0, MAX_IN_ALL);
}

function isFetchable(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}
