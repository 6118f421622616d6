import { OPENRTB_BRAND_RULES } from '../../../src/validation/rules/openrtb-brand.ts';
import { testSamples } from '../../support/rule-samples.ts';

describe('rules/openrtb-brand', () => testSamples(OPENRTB_BRAND_RULES));
