import { DOCUMENT_RULES } from '../../../src/validation/rules/document.ts';
import { testSamples } from '../../support/rule-samples.ts';

describe('rules/document', () => testSamples(DOCUMENT_RULES));
