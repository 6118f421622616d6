import { REQUIRED_ATTRIBUTES_RULES } from '../../../../src/validation/rules/required/attributes.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/required/attributes', () => testSamples(REQUIRED_ATTRIBUTES_RULES));
