import { LOSS_REASONS } from '../../../openrtb/loss-reason.ts';
import type { Banner, Format } from '../../../openrtb/objects.ts';
import { type Element, descendants } from '../../../vast/element.ts';
import { ERROR_CODES } from '../../../vast/error-code.ts';
import { atAd } from '../../ad-check.ts';
import type { AdSubject } from '../../ad-subject.ts';
import { defineRules } from '../../define-rules.ts';
import { listOf } from '../../finding.ts';
import { isSize, sizeOf, sizeText } from './size.ts';

/** Companion types [AdCOM 1.0, List: Companion Types] by the element that holds them. */
const COMPANION_TYPES: ReadonlyMap<string, number> = new Map([
  ['StaticResource', 1],
  ['HTMLResource', 2],
  ['IFrameResource', 3],
]);

/** The sizes that the page has for companions. */
const companionSlots = ({ slot }: AdSubject): readonly Banner[] => slot?.companionad ?? [];

const formatsOf = (banner: Banner): readonly Format[] => [banner, ...(banner.format ?? [])].filter(isSize);

/** Tells of a companion whether a slot of the page fits it; a slot that names no size fits all. */
function fitter(banners: readonly Banner[]): (companion: Element) => boolean {
  const formats = banners.map(formatsOf);
  const sizes = new Set(formats.flat().map(sizeText));
  const takesAny = formats.some((each) => each.length === 0);
  return (companion) => takesAny || sizes.has(sizeText(sizeOf(companion)));
}

/** Do the companions fit the page? */
export const OPENRTB_COMPANIONS_RULES = defineRules({ looksAt: 'ad', against: 'imp' }, [
  {
    id: 'openrtb/companion-required',
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
        const required = attributes.get('required')?.trim().toLowerCase();
        if (required !== 'all' && required !== 'any') return false;
        const companions = children.filter(({ name }) => name === 'Companion');
        const fitting = companions.filter(fits).length;
        return required === 'all' ? fitting < companions.length : fitting === 0;
      });
      return element === undefined
        ? null
        : { element, message: 'companions are required that no slot of the page fits' };
    }),
  },
  {
    id: 'openrtb/companion-size',
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
        : { element: first, message: `no companion fits, the first is ${sizeText(sizeOf(first))}` };
    }),
  },
  {
    id: 'openrtb/companion-type',
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
    severity: 'info',
    title: 'The ad brings companions and the imp has no slot for them',
    why: 'They are never shown; the buyer may count on them.',
    fix: 'Offer imp.video.companionad, or buy without companions.',
    spec: 'OpenRTB 2.6, 3.2.7',
    coveredBy: ['openrtb/companion-required'],
    check: atAd((ad) =>
      ad.slot !== null && companionSlots(ad).length === 0 && ad.companions.length > 0
        ? { element: ad.companions[0]!, message: `${ad.companions.length} companions, no companionad in the imp` }
        : null,
    ),
  },
]);
