import { REQUIRED_BY_WORDS_RULES } from '../../../src/validation/rules/required-by-words.ts';
import { testSamples } from '../../support/rule-samples.ts';

describe('rules/required-by-words', () => testSamples(REQUIRED_BY_WORDS_RULES));
