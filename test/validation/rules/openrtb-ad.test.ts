import { OPENRTB_AD_RULES } from '../../../src/validation/rules/openrtb-ad.ts';
import { testSamples } from '../../support/rule-samples.ts';

describe('rules/openrtb-ad', () => testSamples(OPENRTB_AD_RULES));
