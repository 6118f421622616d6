import { MEDIA_RULES } from '../../../src/validation/rules/media.ts';
import { testSamples } from '../../support/rule-samples.ts';

describe('rules/media', () => testSamples(MEDIA_RULES));
