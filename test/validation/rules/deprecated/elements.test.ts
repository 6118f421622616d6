import { DEPRECATED_ELEMENTS_RULES } from '../../../../src/validation/rules/deprecated/elements.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/deprecated/elements', () => testSamples(DEPRECATED_ELEMENTS_RULES));
