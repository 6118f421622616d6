import { LOSS_REASONS } from '../../../openrtb/loss-reason.ts';
import type { Format } from '../../../openrtb/objects.ts';
import { readNumber } from '../../../vast/creative.ts';
import type { Element } from '../../../vast/element.ts';
import { ERROR_CODES } from '../../../vast/error-code.ts';
import { atAd } from '../../ad-check.ts';
import type { AdSubject } from '../../ad-subject.ts';
import { defineRules } from '../../define-rules.ts';

/** How far the shape of a film may be from that of the player before there are visible bars. */
const ASPECT_TOLERANCE = 0.1;

/** A film that is so many times as wide and high as the player is larger than even the densest screen needs. */
const MANY_TIMES = 3;

export type Size = { readonly w: number; readonly h: number };

export const isSize = ({ w, h }: Format): boolean => (w ?? 0) > 0 && (h ?? 0) > 0;

export const sizeText = ({ w, h }: Format): string => `${w}x${h}`;

const shapeOf = ({ w, h }: Size): number => w / h;

function playerOf({ slot, isAudio }: AdSubject): Size | null {
  const size = slot;
  return size !== null && !isAudio && isSize(size) ? (size as Size) : null;
}

const sizesOf = ({ mediaFiles }: AdSubject): readonly (Size & { readonly element: Element })[] =>
  mediaFiles
    .map(({ element, declared: { width, height } }) => ({ element, w: width ?? 0, h: height ?? 0 }))
    .filter(isSize);

export const sizeOf = ({ attributes }: Element): Size => ({
  w: readNumber(attributes.get('width') ?? null) ?? 0,
  h: readNumber(attributes.get('height') ?? null) ?? 0,
});

/** Does the picture fit the player? */
export const OPENRTB_SIZE_RULES = defineRules({ looksAt: 'ad', against: 'imp' }, [
  {
    id: 'openrtb/orientation',
    severity: 'warning',
    vastError: ERROR_CODES.size,
    lossReason: LOSS_REASONS.creativeSize,
    rejects: true,
    title: 'The film is upright and the player is not, or the other way round',
    why: 'It plays with wide bars: most of the player is black. SDKs send the size of the screen, so it is often meant.',
    fix: 'Add a rendition in the orientation of imp.video.w and h.',
    spec: 'OpenRTB 2.6, 3.2.7',
    check: atAd((ad) => {
      const [player, sizes] = [playerOf(ad), sizesOf(ad)];
      if (player === null || sizes.length === 0 || player.w === player.h) return null;
      const isOther = (size: Size): boolean => size.w !== size.h && size.w > size.h !== player.w > player.h;
      return sizes.every(isOther)
        ? { element: sizes[0]!.element, message: `the film is ${sizeText(sizes[0]!)}, the player ${sizeText(player)}` }
        : null;
    }),
  },
  {
    id: 'openrtb/aspect-ratio',
    severity: 'warning',
    vastError: ERROR_CODES.size,
    title: 'No rendition has the shape of the player',
    why: 'The player shows bars beside the film.',
    fix: 'Add a rendition with the aspect ratio of imp.video.w and h.',
    spec: 'OpenRTB 2.6, 3.2.7',
    coveredBy: ['openrtb/orientation'],
    check: atAd((ad) => {
      const [player, sizes] = [playerOf(ad), sizesOf(ad)];
      if (player === null || sizes.length === 0) return null;
      const isAlike = (size: Size): boolean => Math.abs(shapeOf(size) / shapeOf(player) - 1) <= ASPECT_TOLERANCE;
      return sizes.some(isAlike)
        ? null
        : { element: sizes[0]!.element, message: `the film is ${sizeText(sizes[0]!)}, the player ${sizeText(player)}` };
    }),
  },
  {
    id: 'openrtb/rendition-small',
    severity: 'info',
    title: 'Every rendition is much smaller than the player',
    why: 'A film that is blown up to twice its size looks poor.',
    fix: 'Add a rendition of at least the size of the player.',
    spec: 'OpenRTB 2.6, 3.2.7',
    check: atAd((ad) => {
      const [player, sizes] = [playerOf(ad), sizesOf(ad)];
      if (player === null || sizes.length === 0) return null;
      const largest = sizes.reduce((best, each) => (each.w > best.w ? each : best));
      return largest.w * 2 >= player.w
        ? null
        : { element: largest.element, message: `the largest is ${sizeText(largest)}, the player ${sizeText(player)}` };
    }),
  },
  {
    id: 'openrtb/rendition-large',
    severity: 'info',
    title: 'Every rendition is many times the size of the player',
    why: 'The viewer loads megabytes that nobody sees, and on a slow line the film stalls.',
    fix: 'Add a rendition of about the size of the player.',
    spec: 'OpenRTB 2.6, 3.2.7',
    check: atAd((ad) => {
      const [player, sizes] = [playerOf(ad), sizesOf(ad)];
      if (player === null || sizes.length === 0) return null;
      const smallest = sizes.reduce((best, each) => (each.w < best.w ? each : best));
      return smallest.w < player.w * MANY_TIMES || smallest.h < player.h * MANY_TIMES
        ? null
        : {
            element: smallest.element,
            message: `the smallest is ${sizeText(smallest)}, the player ${sizeText(player)}`,
          };
    }),
  },
  {
    id: 'openrtb/non-linear-size',
    severity: 'error',
    vastError: ERROR_CODES.nonLinearSize,
    lossReason: LOSS_REASONS.creativeSize,
    rejects: true,
    title: 'Every NonLinear is larger than the player',
    why: 'It cannot be laid over the content, so it is not shown.',
    fix: 'Send an overlay that fits into imp.video.w and h.',
    spec: 'VAST 4.3, 3.12.1',
    check: atAd((ad) => {
      const player = playerOf(ad);
      const sized = ad.nonLinears.filter((each) => isSize(sizeOf(each)));
      if (player === null || sized.length === 0 || ad.linears.length > 0) return null;
      const isLarger = (each: Element): boolean => sizeOf(each).w > player.w || sizeOf(each).h > player.h;
      return sized.every(isLarger)
        ? {
            element: sized[0]!,
            message: `the overlay is ${sizeText(sizeOf(sized[0]!))}, the player ${sizeText(player)}`,
          }
        : null;
    }),
  },
]);
