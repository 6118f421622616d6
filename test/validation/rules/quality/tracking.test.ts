import { QUALITY_TRACKING_RULES } from '../../../../src/validation/rules/quality/tracking.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/quality/tracking', () => testSamples(QUALITY_TRACKING_RULES));
