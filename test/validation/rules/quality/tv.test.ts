import { QUALITY_TV_RULES } from '../../../../src/validation/rules/quality/tv.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/quality/tv', () => testSamples(QUALITY_TV_RULES));
