import { OPENRTB_FILES_RULES } from '../../../../src/validation/rules/openrtb/files.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/openrtb/files', () => testSamples(OPENRTB_FILES_RULES));
