import { MEDIA_MANIFEST_RULES } from '../../../../src/validation/rules/media/manifest.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/media/manifest', () => testSamples(MEDIA_MANIFEST_RULES));
