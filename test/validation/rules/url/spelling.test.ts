import { URL_SPELLING_RULES } from '../../../../src/validation/rules/url/spelling.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/url/spelling', () => testSamples(URL_SPELLING_RULES));
