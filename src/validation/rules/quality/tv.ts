import { mezzaninesOf } from '../../../vast/ad-media.ts';
import { readMediaFile } from '../../../vast/creative.ts';
import { children } from '../../../vast/element.ts';
import { ERROR_CODES } from '../../../vast/error-code.ts';
import type { AdSubject } from '../../ad-subject.ts';
import { defineRules } from '../../define-rules.ts';
import { progressiveFiles } from './renditions.ts';

/** Device types of OpenRTB that are televisions: connected TV and set top box [AdCOM 1.0, List: Device Types]. */
const TELEVISIONS = [3, 7];

const LEAST_HEIGHT = 720;

const isOnTv = ({ subject }: AdSubject): boolean => TELEVISIONS.includes(subject.deviceType ?? 0);

/** What an ad needs on a television. */
export const QUALITY_TV_RULES = defineRules({ looksAt: 'ad', severity: 'warning' }, [
  {
    id: 'quality/mezzanine-missing',
    vastError: ERROR_CODES.mezzanineRequired,
    title: 'There is no mezzanine for a television',
    why: 'Ad stitching needs the original to encode it like the content; broadcasters refuse ads without.',
    fix: 'Add Mezzanine with the URL of the original.',
    spec: 'VAST 4.3, 3.9.2',
    check: (subject) =>
      !isOnTv(subject) || subject.ad.document.version < '4.0' || mezzaninesOf(subject.body).length > 0
        ? []
        : subject.linears
            .flatMap((linear) => children(linear, 'MediaFiles'))
            .map((element) => ({ element, message: 'MediaFiles has no Mezzanine' })),
  },
  {
    id: 'quality/tv-resolution',
    title: 'No rendition is good enough for a television',
    why: 'A picture of less than 720 lines looks poor on a large screen.',
    fix: 'Add a rendition of 1080 lines.',
    spec: 'VAST 4.3, 1.3.1',
    check: (subject) => {
      if (!isOnTv(subject)) return [];
      return subject.linears
        .flatMap((linear) => children(linear, 'MediaFiles'))
        .map((element) => ({
          element,
          heights: progressiveFiles(element).flatMap((each) => readMediaFile(each).height ?? []),
        }))
        .filter(({ heights }) => heights.length > 0 && Math.max(...heights) < LEAST_HEIGHT)
        .map(({ element, heights }) => ({ element, message: `the highest has ${Math.max(...heights)} lines` }));
    },
  },
]);
