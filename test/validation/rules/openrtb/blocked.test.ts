import { OPENRTB_BLOCKED_RULES } from '../../../../src/validation/rules/openrtb/blocked.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/openrtb/blocked', () => testSamples(OPENRTB_BLOCKED_RULES));
