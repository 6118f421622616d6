import { LOSS_REASONS } from '../../openrtb/loss-reason.ts';
import { child } from '../../vast/element.ts';
import { ERROR_CODES } from '../../vast/error-code.ts';
import type { AdRule } from '../rule.ts';

/** Is the ad of the kind that the imp asks for? */
export const OPENRTB_AD_RULES: readonly AdRule[] = [
  {
    id: 'openrtb/nothing-to-play',
    looksAt: 'ad',
    severity: 'error',
    vastError: ERROR_CODES.schemaValidation,
    lossReason: LOSS_REASONS.missingMarkup,
    rejects: true,
    title: 'The ad has neither a Linear nor a NonLinear, so the imp would stay empty',
    why: 'The impression is sold and nothing is shown.',
    fix: 'Put a Linear with MediaFiles, or NonLinearAds, into a Creative.',
    spec: 'VAST 4.3, 3.7',
    check: ({ subject, body, linears, nonLinears }) =>
      subject.imp === null || linears.length + nonLinears.length > 0
        ? []
        : [{ element: child(body, 'Creatives') ?? body, message: 'the InLine has no Linear and no NonLinear' }],
  },
];
