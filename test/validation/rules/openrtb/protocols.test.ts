import { OPENRTB_PROTOCOLS_RULES } from '../../../../src/validation/rules/openrtb/protocols.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/openrtb/protocols', () => testSamples(OPENRTB_PROTOCOLS_RULES));
