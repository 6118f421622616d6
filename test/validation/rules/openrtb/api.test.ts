import { OPENRTB_API_RULES } from '../../../../src/validation/rules/openrtb/api.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/openrtb/api', () => testSamples(OPENRTB_API_RULES));
