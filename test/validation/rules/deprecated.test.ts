import { DEPRECATED_RULES } from '../../../src/validation/rules/deprecated.ts';
import { testSamples } from '../../support/rule-samples.ts';

describe('rules/deprecated', () => testSamples(DEPRECATED_RULES));
