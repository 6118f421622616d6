import { MEDIA_VALUE_RULES } from '../../../src/validation/rules/values-media.ts';
import { testSamples } from '../../support/rule-samples.ts';

describe('rules/values-media', () => testSamples(MEDIA_VALUE_RULES));
