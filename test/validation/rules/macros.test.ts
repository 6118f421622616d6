import { MACRO_RULES } from '../../../src/validation/rules/macros.ts';
import { testSamples } from '../../support/rule-samples.ts';

describe('rules/macros', () => testSamples(MACRO_RULES));
