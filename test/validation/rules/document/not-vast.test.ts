import { DOCUMENT_NOT_VAST_RULES } from '../../../../src/validation/rules/document/not-vast.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/document/not-vast', () => testSamples(DOCUMENT_NOT_VAST_RULES));
