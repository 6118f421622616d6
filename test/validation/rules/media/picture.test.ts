import { MEDIA_PICTURE_RULES } from '../../../../src/validation/rules/media/picture.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/media/picture', () => testSamples(MEDIA_PICTURE_RULES));
