import { URL_ADDRESS_RULES } from '../../../../src/validation/rules/url/address.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/url/address', () => testSamples(URL_ADDRESS_RULES));
