import { DOCUMENT_BYTES_RULES } from '../../../../src/validation/rules/document/bytes.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/document/bytes', () => testSamples(DOCUMENT_BYTES_RULES));
