import { OPENRTB_AD_TYPE_RULES } from '../../../../src/validation/rules/openrtb/ad-type.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/openrtb/ad-type', () => testSamples(OPENRTB_AD_TYPE_RULES));
