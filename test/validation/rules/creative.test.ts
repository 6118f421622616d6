import { CREATIVE_RULES } from '../../../src/validation/rules/creative.ts';
import { testSamples } from '../../support/rule-samples.ts';

describe('rules/creative', () => testSamples(CREATIVE_RULES));
