import type { Settled } from '../chain/step.ts';
import type { Imp } from '../openrtb/objects.ts';
import { formatOf } from '../vast/media-type.ts';
import { interactiveFilesOf, mediaFilesOf, overlayImagesOf, readOverlayImage } from '../vast/ad-media.ts';
import { readMediaFile } from '../vast/creative.ts';

/** Files of one ad, and of all ads of a pod together, that are looked at. */
const MAX_PER_AD = 3;
const MAX_INTERACTIVE_PER_AD = 1;
const MAX_IN_ALL = 16;

/**
 * The URLs of the files that are worth a look: of each ad the first few media files, in the order of the document, those
 * of a type that the `imp` takes before the others, and the first interactive file. A player takes one of each; to look at
 * every rendition would multiply the load on media hosts and tell little more.
 */
export function filesToProbe(settled: readonly Settled[], imp: Imp | null): readonly string[] {
  const formats = new Set([...(imp?.video?.mimes ?? []), ...(imp?.audio?.mimes ?? [])].map(formatOf));
  const urls = settled.flatMap(({ inline }) => {
    const images = overlayImagesOf(inline.body).map(readOverlayImage);
    const files = [...mediaFilesOf(inline.body).map(readMediaFile), ...images];
    const interactive = interactiveFilesOf(inline.body).map(({ text }) => text);
    const isTaken = (type: string | null): boolean => formats.has(formatOf(type ?? ''));
    const inOrder = [...files.filter(({ type }) => isTaken(type)), ...files.filter(({ type }) => !isTaken(type))];
    const media = inOrder.map(({ url }) => url);
    return [
      ...media.filter(isFetchable).slice(0, MAX_PER_AD),
      ...interactive.filter(isFetchable).slice(0, MAX_INTERACTIVE_PER_AD),
    ];
  });
  return [...new Set(urls)].slice(0, MAX_IN_ALL);
}

function isFetchable(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}
