import { LOSS_REASONS } from '../../openrtb/loss-reason.ts';
import type { Banner, Format } from '../../openrtb/objects.ts';
import { readNumber } from '../../vast/creative.ts';
import { descendants, type Element } from '../../vast/element.ts';
import { ERROR_CODES } from '../../vast/error-code.ts';
import type { AdSubject } from '../ad-subject.ts';
import type { AdRule } from '../rule.ts';
import { atAd, listOf } from '../slot-check.ts';

/** How far the shape of a film may be from that of the player before there are visible bars. */
const ASPECT_TOLERANCE = 0.1;

/** A film so many times as wide and high as the player is larger than screens of many pixels need. */
const MANY_TIMES = 3;

/** Companion types [AdCOM 1.0, List: Companion Types] by the element that holds them. */
const COMPANION_TYPES: ReadonlyMap<string, number> = new Map([
  ['StaticResource', 1],
  ['HTMLResource', 2],
  ['IFrameResource', 3],
]);

type Size = { readonly w: number; readonly h: number };

const isSize = ({ w, h }: Format): boolean => (w ?? 0) > 0 && (h ?? 0) > 0;
const text = ({ w, h }: Format): string => `${w}x${h}`;
const shapeOf = ({ w, h }: Size): number => w / h;

function playerOf({ slot, isAudio }: AdSubject): Size | null {
  const size = slot;
  return size !== null && !isAudio && isSize(size) ? (size as Size) : null;
}

const sizesOf = ({ mediaFiles }: AdSubject): readonly (Size & { readonly element: Element })[] =>
  mediaFiles
    .map(({ element, declared: { width, height } }) => ({ element, w: width ?? 0, h: height ?? 0 }))
    .filter(isSize);

const sizeOf = ({ attributes }: Element): Size => ({
  w: readNumber(attributes.get('width') ?? null) ?? 0,
  h: readNumber(attributes.get('height') ?? null) ?? 0,
});

/** The sizes that the page has for companions. */
const companionSlots = ({ slot }: AdSubject): readonly Banner[] => slot?.companionad ?? [];
const formatsOf = (banner: Banner): readonly Format[] => [banner, ...(banner.format ?? [])].filter(isSize);

/** What says of a companion whether a slot of the page fits it: one that names no size fits all. */
function fitter(banners: readonly Banner[]): (companion: Element) => boolean {
  const formats = banners.map(formatsOf);
  const sizes = new Set(formats.flat().map(text));
  const takesAny = formats.some((each) => each.length === 0);
  return (companion) => takesAny || sizes.has(text(sizeOf(companion)));
}

/** Does the picture fit the player, and do the companions fit the page? */
export const OPENRTB_SIZE_RULES: readonly AdRule[] = [
  {
    id: 'openrtb/orientation',
    looksAt: 'ad',
    against: 'imp',
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
        ? { element: sizes[0]!.element, message: `the film is ${text(sizes[0]!)}, the player ${text(player)}` }
        : null;
    }),
  },
  {
    id: 'openrtb/aspect-ratio',
    looksAt: 'ad',
    against: 'imp',
    severity: 'warning',
    vastError: ERROR_CODES.size,
    title: 'No rendition has the shape of the player',
    why: 'The player shows bars beside the film.',
    fix: 'Add a rendition with the aspect ratio of imp.video.w and h.',
    spec: 'OpenRTB 2.6, 3.2.7',
    toldBy: ['openrtb/orientation'],
    check: atAd((ad) => {
      const [player, sizes] = [playerOf(ad), sizesOf(ad)];
      if (player === null || sizes.length === 0) return null;
      const isAlike = (size: Size): boolean => Math.abs(shapeOf(size) / shapeOf(player) - 1) <= ASPECT_TOLERANCE;
      return sizes.some(isAlike)
        ? null
        : { element: sizes[0]!.element, message: `the film is ${text(sizes[0]!)}, the player ${text(player)}` };
    }),
  },
  {
    id: 'openrtb/rendition-small',
    looksAt: 'ad',
    against: 'imp',
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
        : { element: largest.element, message: `the largest is ${text(largest)}, the player ${text(player)}` };
    }),
  },
  {
    id: 'openrtb/rendition-large',
    looksAt: 'ad',
    against: 'imp',
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
        : { element: smallest.element, message: `the smallest is ${text(smallest)}, the player ${text(player)}` };
    }),
  },
  {
    id: 'openrtb/non-linear-size',
    looksAt: 'ad',
    against: 'imp',
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
        ? { element: sized[0]!, message: `the overlay is ${text(sizeOf(sized[0]!))}, the player ${text(player)}` }
        : null;
    }),
  },
  {
    id: 'openrtb/companion-required',
    looksAt: 'ad',
    against: 'imp',
    severity: 'error',
    vastError: ERROR_CODES.companionRequired,
    lossReason: LOSS_REASONS.creativeSize,
    rejects: true,
    title: 'The ad must be shown with companions that the page has no slot for',
    why: 'An ad that requires its companions is not shown without them.',
    fix: 'Set CompanionAds@required to none, or send sizes of imp.video.companionad.',
    spec: 'VAST 4.3, 3.13',
    check: atAd((ad) => {
      if (ad.slot === null) return null;
      const fits = fitter(companionSlots(ad));
      const lists = descendants(ad.body, 'Creatives', 'Creative', 'CompanionAds');
      const element = lists.find(({ attributes, children }) => {
        const companions = children.filter(({ name }) => name === 'Companion');
        const fitting = companions.filter(fits).length;
        const required = attributes.get('required')?.trim().toLowerCase();
        return (required === 'all' && fitting < companions.length) || (required === 'any' && fitting === 0);
      });
      return element === undefined
        ? null
        : { element, message: 'companions are required that no slot of the page fits' };
    }),
  },
  {
    id: 'openrtb/companion-size',
    looksAt: 'ad',
    against: 'imp',
    severity: 'warning',
    vastError: ERROR_CODES.companionSize,
    title: 'No companion has a size that the page has a slot for',
    why: 'The slots beside the player stay empty.',
    fix: 'Send companions of the sizes in imp.video.companionad.',
    spec: 'OpenRTB 2.6, 3.2.7',
    check: atAd((ad) => {
      const [banners, [first]] = [companionSlots(ad), ad.companions];
      return banners.length === 0 || first === undefined || ad.companions.some(fitter(banners))
        ? null
        : { element: first, message: `no companion fits, the first is ${text(sizeOf(first))}` };
    }),
  },
  {
    id: 'openrtb/companion-type',
    looksAt: 'ad',
    against: 'imp',
    severity: 'warning',
    vastError: ERROR_CODES.companionNotSupported,
    title: 'No companion is of a type that the page accepts',
    why: 'The slots beside the player stay empty.',
    fix: 'Send a companion with a resource that imp.video.companiontype lists.',
    spec: 'OpenRTB 2.6, 3.2.7',
    check: atAd((ad) => {
      const [accepted, [first]] = [ad.slot?.companiontype ?? [], ad.companions];
      const found = ad.companions.flatMap(({ children }) =>
        children.flatMap(({ name }) => COMPANION_TYPES.get(name) ?? []),
      );
      const types = [...new Set(found)];
      return accepted.length === 0 || types.length === 0 || types.some((type) => accepted.includes(type))
        ? null
        : {
            element: first!,
            message: `the companions are of type ${types.join(', ')}, the page accepts ${listOf(accepted)}`,
          };
    }),
  },
  {
    id: 'openrtb/companion-unasked',
    looksAt: 'ad',
    against: 'imp',
    severity: 'info',
    title: 'The ad brings companions and the imp has no slot for them',
    why: 'They are never shown; the buyer may count on them.',
    fix: 'Offer imp.video.companionad, or buy without companions.',
    spec: 'OpenRTB 2.6, 3.2.7',
    toldBy: ['openrtb/companion-required'],
    check: atAd((ad) =>
      ad.slot !== null && companionSlots(ad).length === 0 && ad.companions.length > 0
        ? { element: ad.companions[0]!, message: `${ad.companions.length} companions, no companionad in the imp` }
        : null,
    ),
  },
];
