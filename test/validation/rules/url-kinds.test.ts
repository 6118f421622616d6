import { URL_KIND_RULES } from '../../../src/validation/rules/url-kinds.ts';
import { testSamples } from '../../support/rule-samples.ts';

describe('rules/url-kinds', () => testSamples(URL_KIND_RULES));
