import { DOCUMENT_READABLE_RULES } from '../../../../src/validation/rules/document/readable.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/document/readable', () => testSamples(DOCUMENT_READABLE_RULES));
