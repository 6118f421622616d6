import { VALUE_RULES } from '../../../src/validation/rules/values.ts';
import { testSamples } from '../../support/rule-samples.ts';

describe('rules/values', () => testSamples(VALUE_RULES));
