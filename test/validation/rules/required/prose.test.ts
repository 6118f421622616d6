import { REQUIRED_PROSE_RULES } from '../../../../src/validation/rules/required/prose.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/required/prose', () => testSamples(REQUIRED_PROSE_RULES));
