import { DOCUMENT_STRUCTURE_RULES } from '../../../../src/validation/rules/document/structure.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/document/structure', () => testSamples(DOCUMENT_STRUCTURE_RULES));
