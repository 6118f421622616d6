import { OPENRTB_FORMAT_RULES } from '../../../src/validation/rules/openrtb-format.ts';
import { testSamples } from '../../support/rule-samples.ts';

describe('rules/openrtb-format', () => testSamples(OPENRTB_FORMAT_RULES));
