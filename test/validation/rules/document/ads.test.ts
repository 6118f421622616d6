import { DOCUMENT_ADS_RULES } from '../../../../src/validation/rules/document/ads.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/document/ads', () => testSamples(DOCUMENT_ADS_RULES));
