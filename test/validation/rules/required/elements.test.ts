import { REQUIRED_ELEMENTS_RULES } from '../../../../src/validation/rules/required/elements.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/required/elements', () => testSamples(REQUIRED_ELEMENTS_RULES));
