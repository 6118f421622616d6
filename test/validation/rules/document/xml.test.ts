import { DOCUMENT_XML_RULES } from '../../../../src/validation/rules/document/xml.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/document/xml', () => testSamples(DOCUMENT_XML_RULES));
