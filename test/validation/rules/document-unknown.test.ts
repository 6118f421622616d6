import { DOCUMENT_UNKNOWN_RULES } from '../../../src/validation/rules/document-unknown.ts';
import { testSamples } from '../../support/rule-samples.ts';

describe('rules/document-unknown', () => testSamples(DOCUMENT_UNKNOWN_RULES));
