import { OPENRTB_DURATION_RULES } from '../../../../src/validation/rules/openrtb/duration.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/openrtb/duration', () => testSamples(OPENRTB_DURATION_RULES));
