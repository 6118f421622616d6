import { QUALITY_AD_RULES } from '../../../../src/validation/rules/quality/ad.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/quality/ad', () => testSamples(QUALITY_AD_RULES));
