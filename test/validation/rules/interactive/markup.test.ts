import { INTERACTIVE_MARKUP_RULES } from '../../../../src/validation/rules/interactive/markup.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/interactive/markup', () => testSamples(INTERACTIVE_MARKUP_RULES));
