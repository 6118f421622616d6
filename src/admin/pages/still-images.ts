import type { UnwrapResult } from '../../unwrap/result.ts';
import { readDocument } from '../../vast/document.ts';
import type { Element } from '../../vast/element.ts';
import type { MediaFile } from '../../vast/creative.ts';

/** Enough for a page; a document may name thousands. */
const MAX_IMAGES = 50;

/** The pictures of a result's companions, overlays and icons: what a StaticResource of an image type names. */
export function stillImages({ merged }: Pick<UnwrapResult, 'merged'>): readonly MediaFile[] {
  const read = merged === null ? null : readDocument(merged.adm);
  if (read?.ok !== true) return [];
  const images: MediaFile[] = [];
  const collect = (parent: Element): void => {
    for (const element of parent.children) {
      if (images.length === MAX_IMAGES) return;
      if (isImage(element)) images.push(imageOf(element, parent));
      else collect(element);
    }
  };
  collect(read.document.root);
  return images;
}

const isImage = ({ name, attributes }: Element): boolean =>
  name === 'StaticResource' && /^image\//i.test(attributes.get('creativeType') ?? '');

/** A picture as the file that a page shows; its place stands where a film has its delivery. */
function imageOf({ text, attributes }: Element, parent: Element): MediaFile {
  const pixels = (name: string): number | null => Number(parent.attributes.get(name)) || null;
  return {
    url: text,
    type: attributes.get('creativeType') ?? null,
    delivery: parent.name,
    width: pixels('width'),
    height: pixels('height'),
    bitrate: null,
    codec: null,
    apiFramework: null,
  };
}
