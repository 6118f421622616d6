import { VALUES_FILES_RULES } from '../../../../src/validation/rules/values/files.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/values/files', () => testSamples(VALUES_FILES_RULES));
