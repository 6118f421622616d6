import { OPENRTB_MEDIA_RULES } from '../../../src/validation/rules/openrtb-media.ts';
import { testSamples } from '../../support/rule-samples.ts';

describe('rules/openrtb-media', () => testSamples(OPENRTB_MEDIA_RULES));
