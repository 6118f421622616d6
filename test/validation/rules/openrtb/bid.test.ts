import { OPENRTB_BID_RULES } from '../../../../src/validation/rules/openrtb/bid.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/openrtb/bid', () => testSamples(OPENRTB_BID_RULES));
