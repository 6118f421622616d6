import { URL_BY_KIND_RULES } from '../../../../src/validation/rules/url/by-kind.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/url/by-kind', () => testSamples(URL_BY_KIND_RULES));
