import { OPENRTB_SECURE_RULES } from '../../../../src/validation/rules/openrtb/secure.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/openrtb/secure', () => testSamples(OPENRTB_SECURE_RULES));
