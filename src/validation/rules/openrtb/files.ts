import { LOSS_REASONS } from '../../../openrtb/loss-reason.ts';
import { children } from '../../../vast/element.ts';
import { ERROR_CODES } from '../../../vast/error-code.ts';
import { formatOf } from '../../../vast/media-type.ts';
import { atAd } from '../../ad-check.ts';
import { type AdSubject, mediaFilesElement } from '../../ad-subject.ts';
import { defineRules } from '../../define-rules.ts';
import { listOf } from '../../finding.ts';

/** Content delivery methods [AdCOM 1.0, List: Delivery Methods] by the words of VAST. */
const DELIVERY_METHODS: ReadonlyMap<string, readonly number[]> = new Map([
  ['streaming', [1]],
  ['progressive', [2, 3]],
]);

const fallbackTypes = ({ linears, nonLinears }: AdSubject): readonly string[] =>
  linears.length > 0
    ? []
    : nonLinears
        .flatMap((each) => children(each, 'StaticResource'))
        .flatMap(({ attributes }) => attributes.get('creativeType') ?? []);

/** Does the ad hold a file that the player of the imp can show? */
export const OPENRTB_FILES_RULES = defineRules(
  {
    looksAt: 'ad',
    against: 'imp',
    severity: 'error',
    vastError: ERROR_CODES.mediaNotSupported,
    lossReason: LOSS_REASONS.creativeFormat,
    rejects: true,
    spec: 'OpenRTB 2.6, 3.2.7',
  },
  [
    {
      id: 'openrtb/mimes',
      title: 'No MediaFile is of a type that the imp accepts',
      why: 'The player finds nothing that it can decode and ends with error 403.',
      fix: 'Add a rendition of one of the types in mimes; video/mp4 is played nearly everywhere.',
      check: atAd((ad) => {
        if (!ad.slot?.mimes?.length) return null;
        const accepted = ad.slot.mimes;
        const formats = new Set(accepted.map(formatOf));
        const isAccepted = (type: string): boolean => formats.has(formatOf(type));
        if (ad.mediaFiles.some(({ declared }) => declared.type !== null && isAccepted(declared.type))) return null;
        const types = ad.mediaFiles.flatMap(({ declared }) => declared.type ?? []);
        // what older players show in place of the media of a NonLinear is offered too
        if (types.length === 0 || fallbackTypes(ad).some(isAccepted)) return null;
        return {
          element: mediaFilesElement(ad),
          message: `the media is ${listOf([...new Set(types)])}, the imp accepts ${listOf(accepted)}`,
        };
      }),
    },
    {
      id: 'openrtb/delivery',
      title: 'No MediaFile is delivered in a way that the imp accepts',
      why: 'The player cannot load what is offered.',
      fix: 'Offer a file with the delivery that the imp lists.',
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
      title: 'Every MediaFile has a lower bitrate than the imp accepts',
      why: 'The publisher does not want to show a poor picture.',
      fix: 'Add a rendition of at least minbitrate kbps.',
      check: atAd((ad) => {
        const least = ad.slot?.minbitrate;
        if (least === undefined) return null;
        const highest = Math.max(...bitratesOf(ad));
        return !Number.isFinite(highest) || highest >= least
          ? null
          : { element: mediaFilesElement(ad), message: `at most ${highest} kbps are offered, the imp wants ${least}` };
      }),
    },
    {
      id: 'openrtb/maxbitrate',
      title: 'Every MediaFile has a higher bitrate than the imp accepts',
      why: 'The film would stall on the connection of the viewer.',
      fix: 'Add a rendition of at most maxbitrate kbps.',
      check: atAd((ad) => {
        const most = ad.slot?.maxbitrate;
        if (most === undefined) return null;
        const lowest = Math.min(...bitratesOf(ad));
        return !Number.isFinite(lowest) || lowest <= most
          ? null
          : { element: mediaFilesElement(ad), message: `at least ${lowest} kbps are needed, the imp allows ${most}` };
      }),
    },
  ],
);

/** What the files say, in kbps. */
const bitratesOf = ({ mediaFiles }: AdSubject): readonly number[] =>
  mediaFiles.flatMap(({ declared: { bitrate } }) => (bitrate === null ? [] : bitrate));
