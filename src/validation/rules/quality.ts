import { mediaFileElements, readNumber } from '../../vast/creative.ts';
import { children, descendants, type Element } from '../../vast/element.ts';
import type { Place } from '../place.ts';
import { formatOf, isImageType, isManifestType } from '../../vast/media-type.ts';
import type { ElementRule } from '../rule.ts';

const QUARTILES = ['firstQuartile', 'midpoint', 'thirdQuartile', 'complete'];

const isInLine = ({ body }: Place): boolean => body === 'InLine';

const eventsOf = (linear: Element): readonly string[] =>
  descendants(linear, 'TrackingEvents', 'Tracking').flatMap(({ attributes }) => attributes.get('event') ?? []);

/** Media that is loaded as one file; a manifest brings renditions of its own. */
export const progressiveFiles = (mediaFiles: Element): readonly Element[] => {
  const files = children(mediaFiles, 'MediaFile');
  const isManifest = ({ attributes }: Element): boolean =>
    isManifestType(attributes.get('type') ?? '') || attributes.get('delivery') === 'streaming';
  const isFilm = ({ attributes }: Element): boolean =>
    !attributes.has('apiFramework') && !isImageType(attributes.get('type') ?? '');
  return files.some(isManifest) ? [] : files.filter(isFilm);
};

/** Those whose text stood in one before. */
function repeated(elements: readonly Element[], keyOf: (element: Element) => string): readonly Element[] {
  if (elements.length < 2) return [];
  // Where all texts differ, so do all keys, which are dearer.
  const texts = new Set<string>();
  for (const { text } of elements) texts.add(text);
  if (texts.size === elements.length) return [];
  const seen = new Set<string>();
  return elements.filter((each) => {
    const key = keyOf(each);
    if (key === '') return false;
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
}

const rule = (facts: Omit<ElementRule, 'looksAt'>): ElementRule => ({ ...facts, looksAt: 'element' });

/** What makes an ad better than merely valid. */
export const QUALITY_RULES: readonly ElementRule[] = [
  rule({
    id: 'quality/quartiles-partial',
    elements: ['Linear'],
    severity: 'warning',
    title: 'Some quartiles are tracked and others are not',
    why: 'Completion rates cannot be computed from what is left.',
    fix: 'Track firstQuartile, midpoint, thirdQuartile and complete.',
    spec: 'VAST 4.3, 3.14.1',
    check: (place) => {
      if (!isInLine(place)) return null;
      const events = eventsOf(place.element);
      const missing = QUARTILES.filter((each) => !events.includes(each));
      return missing.length === 0 || missing.length === QUARTILES.length ? null : `${missing.join(', ')} not tracked`;
    },
  }),
  rule({
    id: 'quality/quartiles-missing',
    elements: ['Linear'],
    severity: 'info',
    title: 'The quartiles are not tracked',
    why: 'Nobody learns how far the ad was watched.',
    fix: 'Track firstQuartile, midpoint, thirdQuartile and complete.',
    spec: 'VAST 4.3, 3.14.1',
    check: (place) =>
      isInLine(place) && !QUARTILES.some((each) => eventsOf(place.element).includes(each))
        ? 'no quartile is tracked'
        : null,
  }),
  rule({
    id: 'quality/start-missing',
    elements: ['Linear'],
    severity: 'info',
    title: 'The start of the ad is not tracked',
    why: 'Completion rates are counted from the start, not from the impression.',
    fix: 'Track start.',
    spec: 'VAST 4.3, 3.14.1',
    toldBy: ['quality/quartiles-missing'],
    check: (place) => (isInLine(place) && !eventsOf(place.element).includes('start') ? 'start is not tracked' : null),
  }),
  rule({
    id: 'quality/impression-repeated',
    elements: ['InLine', 'Wrapper'],
    severity: 'warning',
    title: 'The same Impression stands twice',
    why: 'Every impression is counted double.',
    fix: 'Keep one of them.',
    spec: 'VAST 4.3, 3.4.4',
    check: ({ element }) => {
      const again = repeated(children(element, 'Impression'), ({ text }) => (text === 'about:blank' ? '' : text));
      return again.length === 0 ? null : `${again.length} of the Impressions stood there before`;
    },
  }),
  rule({
    id: 'quality/tracker-repeated',
    elements: ['TrackingEvents'],
    severity: 'info',
    title: 'The same tracker of an event stands twice',
    why: 'The event is counted double.',
    fix: 'Keep one of them.',
    spec: 'VAST 4.3, 3.14.3',
    check: ({ element }) => {
      const again = repeated(children(element, 'Tracking'), ({ attributes, text }) =>
        text === '' ? '' : `${attributes.get('event')} ${attributes.get('offset')} ${text}`,
      );
      return again.length === 0 ? null : `${again.length} of the trackers stood there before`;
    },
  }),
  rule({
    id: 'quality/one-rendition',
    elements: ['MediaFiles'],
    severity: 'info',
    title: 'There is one rendition only',
    why: 'On a slow line it stalls, on a large screen it looks poor; three qualities are recommended.',
    fix: 'Add a MediaFile of high, medium and low quality, or a manifest.',
    spec: 'VAST 4.3, 3.9',
    check: ({ element }) => (progressiveFiles(element).length === 1 ? 'one MediaFile' : null),
  }),
  rule({
    id: 'quality/rendition-repeated',
    elements: ['MediaFiles'],
    severity: 'info',
    title: 'The same file is offered twice',
    why: 'Its attributes differ, so one of them is wrong; or a rendition is missing.',
    fix: 'Offer each file once.',
    spec: 'VAST 4.3, 3.9.1',
    check: ({ element }) => {
      const again = repeated(children(element, 'MediaFile'), ({ text }) => text);
      return again.length === 0 ? null : `${again.length} of the MediaFiles stood there before`;
    },
  }),
  rule({
    id: 'quality/no-common-type',
    elements: ['MediaFiles'],
    severity: 'info',
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
  }),
  rule({
    id: 'quality/shapes-differ',
    elements: ['Linear'],
    severity: 'info',
    title: 'The renditions have different shapes',
    why: 'When a player changes the rendition, the picture jumps.',
    fix: 'Encode all of them with one aspect ratio, or offer the other shape in an ad of its own.',
    spec: 'VAST 4.3, 3.9.1',
    check: ({ element }) => {
      const shapes = mediaFileElements(element).flatMap(({ attributes }) => {
        const [width, height] = [
          readNumber(attributes.get('width') ?? null),
          readNumber(attributes.get('height') ?? null),
        ];
        return width && height ? width / height : [];
      });
      const MOST = 1.1;
      return shapes.length > 1 && Math.max(...shapes) / Math.min(...shapes) > MOST ? 'the aspect ratios differ' : null;
    },
  }),
];
