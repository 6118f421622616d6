import { URL_RULES } from '../../../src/validation/rules/url.ts';
import { testSamples } from '../../support/rule-samples.ts';

describe('rules/url', () => testSamples(URL_RULES));
