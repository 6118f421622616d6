import { INTERACTIVE_FILE_RULES } from '../../../../src/validation/rules/interactive/file.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/interactive/file', () => testSamples(INTERACTIVE_FILE_RULES));
