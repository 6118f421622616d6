import { OPENRTB_COMPANIONS_RULES } from '../../../../src/validation/rules/openrtb/companions.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/openrtb/companions', () => testSamples(OPENRTB_COMPANIONS_RULES));
