import { DOCUMENT_VERSION_RULES } from '../../../../src/validation/rules/document/version.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/document/version', () => testSamples(DOCUMENT_VERSION_RULES));
