import { URL_UNRESOLVED_RULES } from '../../../../src/validation/rules/url/unresolved.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/url/unresolved', () => testSamples(URL_UNRESOLVED_RULES));
