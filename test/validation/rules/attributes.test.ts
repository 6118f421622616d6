import { ATTRIBUTE_RULES } from '../../../src/validation/rules/attributes.ts';
import { testSamples } from '../../support/rule-samples.ts';

describe('rules/attributes', () => testSamples(ATTRIBUTE_RULES));
