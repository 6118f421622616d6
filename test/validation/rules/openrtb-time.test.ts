import { OPENRTB_TIME_RULES } from '../../../src/validation/rules/openrtb-time.ts';
import { testSamples } from '../../support/rule-samples.ts';

describe('rules/openrtb-time', () => testSamples(OPENRTB_TIME_RULES));
