import { DOCUMENT_STRANGERS_RULES } from '../../../src/validation/rules/document-strangers.ts';
import { testSamples } from '../../support/rule-samples.ts';

describe('rules/document-strangers', () => testSamples(DOCUMENT_STRANGERS_RULES));
