import { QUALITY_RENDITIONS_RULES } from '../../../../src/validation/rules/quality/renditions.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/quality/renditions', () => testSamples(QUALITY_RENDITIONS_RULES));
