import { VERIFICATION_RULES } from '../../../src/validation/rules/verification.ts';
import { testSamples } from '../../support/rule-samples.ts';

describe('rules/verification', () => testSamples(VERIFICATION_RULES));
