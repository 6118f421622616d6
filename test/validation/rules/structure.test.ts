import { STRUCTURE_RULES } from '../../../src/validation/rules/structure.ts';
import { testSamples } from '../../support/rule-samples.ts';

describe('rules/structure', () => testSamples(STRUCTURE_RULES));
