import { readNumber } from '../../../vast/creative.ts';
import type { Element } from '../../../vast/element.ts';
import { canBe, isAudioType, isImageType, isManifestType } from '../../../vast/media-type.ts';
import { defineRules } from '../../define-rules.ts';
import type { Place } from '../../place.ts';

/** kbps beyond which a bitrate is likely one in bits. */
const MOST_KBPS = 100_000;

const CODEC = /^([a-z0-9]{4}(\.[A-Za-z0-9.]+)?|vp8|vp9|opus|vorbis|flac|mp3)$/;

const number = ({ attributes }: Element, name: string): number | null => readNumber(attributes.get(name) ?? null);

const isAudio = ({ element, parent }: Place): boolean => {
  if (isAudioType(element.attributes.get('type') ?? '')) return true;
  for (let at = parent; at !== null; at = at.parent)
    if (at.element.name === 'Ad') return at.element.attributes.get('adType') === 'audio';
  return false;
};

const hasZeroSize = ({ element }: Place): boolean => number(element, 'width') === 0 || number(element, 'height') === 0;

/** What is said of files: bitrates, sizes, codecs. */
export const VALUES_FILES_RULES = defineRules({ looksAt: 'element' }, [
  {
    id: 'values/icon-regs',
    elements: ['Icon'],
    severity: 'warning',
    title: 'Icon@regs names no regulation that is known',
    why: 'Who must show the notice by law cannot tell that it is one.',
    fix: 'Write 1 for the Digital Services Act, 0 for none.',
    spec: 'VAST CTV Addendum 2024',
    check: ({ element: { attributes } }) => {
      const regs = attributes.get('regs');
      return regs === undefined || /^\s*[01]\s*$/.test(regs) ? null : `regs is "${regs.slice(0, 40)}"`;
    },
  },
  {
    id: 'values/bitrate-missing',
    elements: ['MediaFile'],
    signs: ['odd'],
    severity: 'info',
    title: 'A MediaFile has neither a bitrate nor both of its bounds',
    why: 'A player cannot choose the rendition that fits the line.',
    fix: 'Write bitrate for a file, minBitrate and maxBitrate for a stream, in kbps.',
    spec: 'VAST 4.3, 3.9.1',
    check: ({ element: { attributes } }) =>
      attributes.has('bitrate') ||
      attributes.has('minBitrate') ||
      attributes.has('maxBitrate') ||
      attributes.has('apiFramework') ||
      isManifestType(attributes.get('type') ?? '') ||
      isImageType(attributes.get('type') ?? '')
        ? null
        : 'MediaFile has no bitrate',
  },
  {
    id: 'values/bitrate-bounds',
    elements: ['MediaFile'],
    signs: ['odd'],
    severity: 'warning',
    title: 'A MediaFile has one bound of its bitrate without the other',
    why: 'The two are read together; one of them says nothing.',
    fix: 'Write minBitrate and maxBitrate, or bitrate.',
    spec: 'VAST 4.3, 3.9.1',
    check: ({ element: { attributes } }) => {
      const [least, most] = [attributes.has('minBitrate'), attributes.has('maxBitrate')];
      return least === most ? null : `MediaFile has no ${least ? 'maxBitrate' : 'minBitrate'}`;
    },
  },
  {
    id: 'values/bitrate-order',
    elements: ['MediaFile'],
    signs: ['odd'],
    severity: 'warning',
    title: 'minBitrate is above maxBitrate, or bitrate outside of both',
    why: 'Players choose by them, so they choose wrongly.',
    fix: 'Correct the three numbers.',
    spec: 'VAST 4.3, 3.9.1',
    check: ({ element }) => {
      const [least, most, mean] = ['minBitrate', 'maxBitrate', 'bitrate'].map((name) => number(element, name));
      const isOrdered = (a: number | null | undefined, b: number | null | undefined): boolean =>
        a == null || b == null || a <= b;
      return isOrdered(least, most) && isOrdered(least, mean) && isOrdered(mean, most)
        ? null
        : `minBitrate ${least}, bitrate ${mean ?? 'none'}, maxBitrate ${most}`;
    },
  },
  {
    id: 'values/bitrate-unit',
    elements: ['MediaFile'],
    signs: ['odd'],
    severity: 'warning',
    title: 'The bitrate is so high that it must be in bits, not in kilobits',
    why: 'A player takes the file for one that no line can carry.',
    fix: 'Write kbps: 2500, not 2500000.',
    spec: 'VAST 4.3, 3.9.1',
    check: ({ element }) => {
      const bitrate = number(element, 'bitrate') ?? number(element, 'maxBitrate');
      return bitrate !== null && bitrate > MOST_KBPS ? `${bitrate} kbps` : null;
    },
  },
  {
    id: 'values/bitrate-zero',
    elements: ['MediaFile'],
    signs: ['odd'],
    severity: 'warning',
    title: 'The bitrate is 0',
    why: 'A player that chooses by the line always takes this file.',
    fix: 'Write the average bitrate in kbps, or leave it out.',
    spec: 'VAST 4.3, 3.9.1',
    check: ({ element }) => (number(element, 'bitrate') === 0 ? 'bitrate is 0' : null),
  },
  {
    id: 'values/media-size-zero',
    elements: ['MediaFile', 'Mezzanine'],
    signs: ['odd'],
    severity: 'warning',
    title: 'A video file has no width or height',
    why: 'Players choose the file by its size; 0 is for audio.',
    fix: 'Write the size in pixels.',
    spec: 'VAST 4.3, 3.9.1',
    check: (place) =>
      hasZeroSize(place) && !isAudio(place) ? `${place.element.name} has a width or height of 0` : null,
  },
  {
    id: 'values/companion-size-zero',
    elements: ['Companion', 'NonLinear', 'Icon'],
    severity: 'warning',
    title: 'An image has no width or height',
    why: 'Nothing is seen of it.',
    fix: 'Write the size in pixels.',
    spec: 'VAST 4.3, 3.13.1',
    check: (place) => (hasZeroSize(place) ? `${place.element.name} has a width or height of 0` : null),
  },
  {
    id: 'values/expanded-size',
    elements: ['Companion', 'NonLinear'],
    severity: 'info',
    title: 'The expanded size is below the size it expands from',
    why: 'The image shrinks where it should grow.',
    fix: 'Exchange the sizes, or leave the expanded one out.',
    spec: 'VAST 4.3, 3.13.1',
    check: ({ element }) => {
      const smaller = (['width', 'height'] as const).filter((name) => {
        const [own, expanded] = [
          number(element, name),
          number(element, name === 'width' ? 'expandedWidth' : 'expandedHeight'),
        ];
        return own !== null && expanded !== null && expanded < own;
      });
      return smaller.length === 0 ? null : `the expanded ${smaller.join(' and ')} is smaller`;
    },
  },
  {
    id: 'values/codec',
    elements: ['MediaFile', 'Mezzanine'],
    signs: ['odd'],
    severity: 'info',
    title: 'codec is not written as RFC 6381 spells it',
    why: 'Players ask the system by that name whether it can decode the file.',
    fix: 'Write avc1.64001f and the like, not H.264.',
    spec: 'RFC 6381, 3.3',
    check: ({ element }) => {
      const codec = element.attributes.get('codec')?.trim();
      const isSpelled = (each: string): boolean => CODEC.test(each.trim());
      return !codec || CODEC.test(codec) || codec.split(',').every(isSpelled) ? null : `codec is "${codec}"`;
    },
  },
  {
    id: 'values/type-extension',
    elements: ['MediaFile'],
    signs: ['odd'],
    severity: 'info',
    title: 'The type of a MediaFile does not go with the ending of its URL',
    why: 'One of them is wrong, and players go by the type.',
    fix: 'Write the type that the file is of.',
    spec: 'VAST 4.3, 3.9.1',
    check: ({ element }) => {
      const type = element.attributes.get('type');
      if (type === undefined) return null;
      const ending = /\.(mp4|webm|m3u8|mpd|mp3|ogg|flv|mov)(?:[?#]|$)/i.exec(element.text)?.[1]?.toLowerCase();
      const expected = ending === undefined ? undefined : TYPES_OF_ENDINGS[ending];
      return expected === undefined || expected.some((each) => canBe(each, type))
        ? null
        : `type is ${type}, the URL ends with .${ending}`;
    },
  },
]);

const TYPES_OF_ENDINGS: Readonly<Record<string, readonly string[]>> = {
  mp4: ['video/mp4', 'audio/mp4'],
  mov: ['video/quicktime'],
  webm: ['video/webm'],
  m3u8: ['application/vnd.apple.mpegurl'],
  mpd: ['application/dash+xml'],
  mp3: ['audio/mpeg'],
  ogg: ['application/ogg'],
  flv: ['video/x-flv'],
};
