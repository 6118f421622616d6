import { LOSS_REASONS } from '../../../openrtb/loss-reason.ts';
import { ERROR_CODES } from '../../../vast/error-code.ts';
import { atAd } from '../../ad-check.ts';
import { mediaFilesElement } from '../../ad-subject.ts';
import { defineRules } from '../../define-rules.ts';
import { acceptedApis, isVpaidOnly } from '../openrtb/api.ts';

/** May a VPAID unit be run where nobody lists an API? */
export const INTERACTIVE_VPAID_RULES = defineRules({ looksAt: 'ad' }, [
  {
    id: 'interactive/vpaid-not-accepted',
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
]);
