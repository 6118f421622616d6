import { apiFrameworkNumber, isSimid, isVpaid } from '../../../openrtb/api-framework.ts';
import { LOSS_REASONS } from '../../../openrtb/loss-reason.ts';
import { verificationsOf } from '../../../vast/creative.ts';
import { ERROR_CODES } from '../../../vast/error-code.ts';
import { atAd } from '../../ad-check.ts';
import { type AdSubject, mediaFilesElement } from '../../ad-subject.ts';
import { defineRules } from '../../define-rules.ts';
import { listOf } from '../../finding.ts';

const SIMID = [8, 9];

const OMID = 7;

/** The numbers of the API frameworks that the imp lists; null where it lists none. */
export const acceptedApis = ({ slot }: AdSubject): readonly number[] | null => (slot?.api?.length ? slot.api : null);

/** Is every media file a script? Then a player that runs none has nothing to show. */
export const isVpaidOnly = ({ mediaFiles }: AdSubject): boolean =>
  mediaFiles.length > 0 && mediaFiles.every(({ declared }) => isVpaid(declared.apiFramework));

/** Does the imp list the APIs that the ad wants? */
export const OPENRTB_API_RULES = defineRules({ looksAt: 'ad', against: 'imp', spec: 'OpenRTB 2.6, 3.2.7' }, [
  {
    id: 'openrtb/api-vpaid',
    severity: 'error',
    vastError: ERROR_CODES.vpaid,
    lossReason: LOSS_REASONS.creativeFormat,
    rejects: true,
    title: 'The ad is VPAID alone, which the imp does not list',
    why: 'The player cannot run it and has no plain file to fall back on.',
    fix: 'Add a MediaFile without apiFramework.',
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
    id: 'openrtb/api-simid',
    severity: 'warning',
    vastError: ERROR_CODES.interactive,
    title: 'The ad has a SIMID part that the imp does not list',
    why: 'The film is shown without what the viewer should be able to do.',
    fix: 'Target players that list api 8, or count on the film alone.',
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
    severity: 'info',
    title: 'The ad is to be measured with OMID, which the imp does not list',
    why: 'The verification is not run, so the buyer has no numbers for this impression.',
    fix: 'Target players that list api 7, or count on verificationNotExecuted.',
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
]);
