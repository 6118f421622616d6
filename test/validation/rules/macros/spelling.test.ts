import { MACROS_SPELLING_RULES } from '../../../../src/validation/rules/macros/spelling.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/macros/spelling', () => testSamples(MACROS_SPELLING_RULES));
