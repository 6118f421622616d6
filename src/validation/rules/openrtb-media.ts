import { apiFrameworkNumber, isSimid, isVpaid } from '../../openrtb/api-framework.ts';
import { LOSS_REASONS } from '../../openrtb/loss-reason.ts';
import { child, children, type Element } from '../../vast/element.ts';
import { verificationsOf } from '../../vast/creative.ts';
import { ERROR_CODES } from '../../vast/error-code.ts';
import { formatOf } from '../../vast/media-type.ts';
import type { AdSubject } from '../ad-subject.ts';
import type { AdRule } from '../rule.ts';
import { atAd, listOf } from '../slot-check.ts';

/** Content delivery methods [AdCOM 1.0, List: Delivery Methods] by the words of VAST. */
const DELIVERY_METHODS: ReadonlyMap<string, readonly number[]> = new Map([
  ['streaming', [1]],
  ['progressive', [2, 3]],
]);
const SIMID = [8, 9];
const OMID = 7;

/** Where the media of an ad stands that has some. */
const mediaFilesElement = ({ linears, mediaFiles }: AdSubject): Element =>
  (linears[0] === undefined ? undefined : (child(linears[0], 'MediaFiles') ?? linears[0])) ?? mediaFiles[0]!.element;

const fallbackTypes = ({ linears, nonLinears }: AdSubject): readonly string[] =>
  linears.length > 0
    ? []
    : nonLinears
        .flatMap((each) => children(each, 'StaticResource'))
        .flatMap(({ attributes }) => attributes.get('creativeType') ?? []);

/** The numbers of the API frameworks that the imp lists; null where it lists none. */
const acceptedApis = ({ slot }: AdSubject): readonly number[] | null => (slot?.api?.length ? slot.api : null);

/** Is there a file that every player can show, whatever it knows of scripts? */
const isVpaidOnly = ({ mediaFiles }: AdSubject): boolean =>
  mediaFiles.length > 0 && mediaFiles.every(({ declared }) => isVpaid(declared.apiFramework));

/** Does the ad hold media that the player of the imp can show? */
export const OPENRTB_MEDIA_RULES: readonly AdRule[] = [
  {
    id: 'openrtb/mimes',
    looksAt: 'ad',
    against: 'imp',
    severity: 'error',
    vastError: ERROR_CODES.mediaNotSupported,
    lossReason: LOSS_REASONS.creativeFormat,
    rejects: true,
    title: 'No MediaFile is of a type that the imp accepts',
    why: 'The player finds nothing that it can decode and ends with error 403.',
    fix: 'Add a rendition of one of the types in mimes; video/mp4 is played nearly everywhere.',
    spec: 'OpenRTB 2.6, 3.2.7',
    check: atAd((ad) => {
      if (!ad.slot?.mimes?.length) return null;
      const accepted = ad.slot.mimes;
      const formats = new Set(accepted.map(formatOf));
      const types = ad.mediaFiles.flatMap(({ declared }) => declared.type ?? []);
      const isAccepted = (type: string): boolean => formats.has(formatOf(type));
      // what older players show in place of the media of a NonLinear is offered too
      if (types.length === 0 || types.some(isAccepted) || fallbackTypes(ad).some(isAccepted)) return null;
      return {
        element: mediaFilesElement(ad),
        message: `the media is ${listOf([...new Set(types)])}, the imp accepts ${listOf(accepted)}`,
      };
    }),
  },
  {
    id: 'openrtb/delivery',
    looksAt: 'ad',
    against: 'imp',
    severity: 'error',
    vastError: ERROR_CODES.mediaNotSupported,
    lossReason: LOSS_REASONS.creativeFormat,
    rejects: true,
    title: 'No MediaFile is delivered in a way that the imp accepts',
    why: 'The player cannot load what is offered.',
    fix: 'Offer a file with the delivery that the imp lists.',
    spec: 'OpenRTB 2.6, 3.2.7',
    check: atAd((ad) => {
      const accepted = ad.slot?.delivery ?? [];
      if (accepted.length === 0) return null;
      const offered = [
        ...new Set(ad.mediaFiles.flatMap(({ declared }) => declared.delivery?.trim().toLowerCase() ?? [])),
      ];
      const isAccepted = (delivery: string): boolean =>
        DELIVERY_METHODS.get(delivery)?.some((each) => accepted.includes(each)) ?? true;
      if (offered.length === 0 || offered.some(isAccepted)) return null;
      return {
        element: mediaFilesElement(ad),
        message: `the media is delivered ${listOf(offered)}, the imp accepts ${listOf(accepted)}`,
      };
    }),
  },
  {
    id: 'openrtb/minbitrate',
    looksAt: 'ad',
    against: 'imp',
    severity: 'error',
    vastError: ERROR_CODES.mediaNotSupported,
    lossReason: LOSS_REASONS.creativeFormat,
    rejects: true,
    title: 'Every MediaFile has a lower bitrate than the imp accepts',
    why: 'The publisher does not want to show a poor picture.',
    fix: 'Add a rendition of at least minbitrate kbps.',
    spec: 'OpenRTB 2.6, 3.2.7',
    check: atAd((ad) => {
      const [least, highest] = [ad.slot?.minbitrate, Math.max(...bitratesOf(ad))];
      return least === undefined || !Number.isFinite(highest) || highest >= least
        ? null
        : { element: mediaFilesElement(ad), message: `at most ${highest} kbps are offered, the imp wants ${least}` };
    }),
  },
  {
    id: 'openrtb/maxbitrate',
    looksAt: 'ad',
    against: 'imp',
    severity: 'error',
    vastError: ERROR_CODES.mediaNotSupported,
    lossReason: LOSS_REASONS.creativeFormat,
    rejects: true,
    title: 'Every MediaFile has a higher bitrate than the imp accepts',
    why: 'The film would stall on the connection of the viewer.',
    fix: 'Add a rendition of at most maxbitrate kbps.',
    spec: 'OpenRTB 2.6, 3.2.7',
    check: atAd((ad) => {
      const [most, lowest] = [ad.slot?.maxbitrate, Math.min(...bitratesOf(ad))];
      return most === undefined || !Number.isFinite(lowest) || lowest <= most
        ? null
        : { element: mediaFilesElement(ad), message: `at least ${lowest} kbps are needed, the imp allows ${most}` };
    }),
  },
  {
    id: 'openrtb/api-vpaid',
    looksAt: 'ad',
    against: 'imp',
    severity: 'error',
    vastError: ERROR_CODES.vpaid,
    lossReason: LOSS_REASONS.creativeFormat,
    rejects: true,
    title: 'The ad is VPAID alone, which the imp does not list',
    why: 'The player cannot run it and has no plain file to fall back on.',
    fix: 'Add a MediaFile without apiFramework.',
    spec: 'OpenRTB 2.6, 3.2.7',
    check: atAd((ad) => {
      const accepted = acceptedApis(ad);
      if (accepted === null || !isVpaidOnly(ad)) return null;
      const needed = new Set(ad.mediaFiles.map(({ declared }) => apiFrameworkNumber(declared.apiFramework!)!));
      return accepted.some((each) => needed.has(each))
        ? null
        : {
            element: mediaFilesElement(ad),
            message: `every MediaFile is VPAID, the imp lists api ${listOf(accepted)}`,
          };
    }),
  },
  {
    id: 'interactive/vpaid-not-accepted',
    looksAt: 'ad',
    against: 'imp',
    severity: 'error',
    vastError: ERROR_CODES.vpaid,
    lossReason: LOSS_REASONS.creativeFormat,
    rejects: true,
    title: 'The ad is VPAID alone and the imp has no api',
    why: 'An API that an imp does not list is not supported, so the player has nothing to run it with.',
    fix: 'Add a MediaFile without apiFramework.',
    spec: 'OpenRTB 2.6, 3.2.7',
    check: atAd((ad) =>
      ad.slot !== null && acceptedApis(ad) === null && isVpaidOnly(ad)
        ? { element: mediaFilesElement(ad), message: 'every MediaFile is VPAID, the imp lists no api' }
        : null,
    ),
  },
  {
    id: 'openrtb/api-simid',
    looksAt: 'ad',
    against: 'imp',
    severity: 'warning',
    vastError: ERROR_CODES.interactive,
    title: 'The ad has a SIMID part that the imp does not list',
    why: 'The film is shown without what the viewer should be able to do.',
    fix: 'Target players that list api 8, or count on the film alone.',
    spec: 'OpenRTB 2.6, 3.2.7',
    check: atAd((ad) => {
      const accepted = acceptedApis(ad);
      const simid = ad.interactiveFiles.find(({ declared }) => isSimid(declared.apiFramework))?.element;
      return accepted === null || simid === undefined || accepted.some((each) => SIMID.includes(each))
        ? null
        : { element: simid, message: `SIMID is offered, the imp lists api ${listOf(accepted)}` };
    }),
  },
  {
    id: 'openrtb/api-omid',
    looksAt: 'ad',
    against: 'imp',
    severity: 'info',
    title: 'The ad is to be measured with OMID, which the imp does not list',
    why: 'The verification is not run, so the buyer has no numbers for this impression.',
    fix: 'Target players that list api 7, or count on verificationNotExecuted.',
    spec: 'OpenRTB 2.6, 3.2.7',
    check: atAd((ad) => {
      const accepted = acceptedApis(ad);
      const verification = verificationsOf(ad.body).find((each) =>
        each.children.some(({ attributes }) => apiFrameworkNumber(attributes.get('apiFramework') ?? '') === OMID),
      );
      return accepted === null || verification === undefined || accepted.includes(OMID)
        ? null
        : { element: verification, message: `OMID is wanted, the imp lists api ${listOf(accepted)}` };
    }),
  },
];

/** What the files say, in kbps. */
const bitratesOf = ({ mediaFiles }: AdSubject): readonly number[] =>
  mediaFiles.flatMap(({ declared: { bitrate } }) => (bitrate === null ? [] : bitrate));
