import { OPENRTB_SIZE_RULES } from '../../../../src/validation/rules/openrtb/size.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/openrtb/size', () => testSamples(OPENRTB_SIZE_RULES));
