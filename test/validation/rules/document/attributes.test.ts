import { DOCUMENT_ATTRIBUTES_RULES } from '../../../../src/validation/rules/document/attributes.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/document/attributes', () => testSamples(DOCUMENT_ATTRIBUTES_RULES));
