import { OPENRTB_SKIP_RULES } from '../../../../src/validation/rules/openrtb/skip.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/openrtb/skip', () => testSamples(OPENRTB_SKIP_RULES));
