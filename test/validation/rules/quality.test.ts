import { QUALITY_RULES } from '../../../src/validation/rules/quality.ts';
import { testSamples } from '../../support/rule-samples.ts';

describe('rules/quality', () => testSamples(QUALITY_RULES));
