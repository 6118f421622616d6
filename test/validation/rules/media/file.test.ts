import { MEDIA_FILE_RULES } from '../../../../src/validation/rules/media/file.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/media/file', () => testSamples(MEDIA_FILE_RULES));
