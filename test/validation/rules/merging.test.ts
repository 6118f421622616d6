import { MERGE_RULES } from '../../../src/validation/rules/merging.ts';
import { testSamples } from '../../support/rule-samples.ts';

describe('rules/merging', () => testSamples(MERGE_RULES));
