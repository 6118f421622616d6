import { INTERACTIVE_RULES } from '../../../src/validation/rules/interactive.ts';
import { testSamples } from '../../support/rule-samples.ts';

describe('rules/interactive', () => testSamples(INTERACTIVE_RULES));
