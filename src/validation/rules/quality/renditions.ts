import { mediaFileElements, readNumber } from '../../../vast/creative.ts';
import { type Element, children } from '../../../vast/element.ts';
import { formatOf, isImageType, isManifestType } from '../../../vast/media-type.ts';
import { defineRules } from '../../define-rules.ts';
import { repeated } from './tracking.ts';

/** Media that is loaded as one file; a manifest brings renditions of its own. */
export const progressiveFiles = (mediaFiles: Element): readonly Element[] => {
  const files = children(mediaFiles, 'MediaFile');
  const isManifest = ({ attributes }: Element): boolean =>
    isManifestType(attributes.get('type') ?? '') || attributes.get('delivery') === 'streaming';
  const isFilm = ({ attributes }: Element): boolean =>
    !attributes.has('apiFramework') && !isImageType(attributes.get('type') ?? '');
  return files.some(isManifest) ? [] : files.filter(isFilm);
};

/** Does an ad offer renditions for every player and line? */
export const QUALITY_RENDITIONS_RULES = defineRules({ looksAt: 'element', severity: 'info' }, [
  {
    id: 'quality/one-rendition',
    elements: ['MediaFiles'],
    signs: ['odd'],
    title: 'There is one rendition only',
    why: 'On a slow line it stalls, on a large screen it looks poor; three qualities are recommended.',
    fix: 'Add a MediaFile of high, medium and low quality, or a manifest.',
    spec: 'VAST 4.3, 3.9',
    check: ({ element }) => (progressiveFiles(element).length === 1 ? 'one MediaFile' : null),
  },
  {
    id: 'quality/rendition-repeated',
    elements: ['MediaFiles'],
    title: 'The same file is offered twice',
    why: 'Its attributes differ, so one of them is wrong; or a rendition is missing.',
    fix: 'Offer each file once.',
    spec: 'VAST 4.3, 3.9.1',
    check: ({ element }) => {
      const again = repeated(children(element, 'MediaFile'), ({ text }) => text);
      return again.length === 0 ? null : `${again.length} of the MediaFiles stood there before`;
    },
  },
  {
    id: 'quality/no-common-type',
    elements: ['MediaFiles'],
    signs: ['odd'],
    title: 'No rendition is MP4 or a manifest',
    why: 'Some players play nothing else.',
    fix: 'Add an MP4 with H.264 and AAC.',
    spec: 'IAB Digital Video Ad Format Guidelines',
    check: ({ element }) => {
      const types = children(element, 'MediaFile').flatMap(({ attributes }) => attributes.get('type') ?? []);
      const isVideo = types.some((type) => formatOf(type).startsWith('video/'));
      return isVideo && !types.some((type) => formatOf(type) === 'video/mp4' || isManifestType(type))
        ? `the types are ${[...new Set(types)].join(', ')}`
        : null;
    },
  },
  {
    id: 'quality/shapes-differ',
    elements: ['Linear'],
    signs: ['odd'],
    title: 'The renditions have different shapes',
    why: 'When a player changes the rendition, the picture jumps.',
    fix: 'Encode all of them with one aspect ratio, or offer the other shape in an ad of its own.',
    spec: 'VAST 4.3, 3.9.1',
    check: ({ element }) => {
      let [least, most] = [Infinity, 0];
      for (const { attributes } of mediaFileElements(element)) {
        const width = readNumber(attributes.get('width') ?? null);
        const height = readNumber(attributes.get('height') ?? null);
        if (!width || !height) continue;
        least = Math.min(least, width / height);
        most = Math.max(most, width / height);
      }
      const MOST = 1.1;
      return most / least > MOST ? 'the aspect ratios differ' : null;
    },
  },
]);
