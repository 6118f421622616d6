import { CHAIN_REPEATED_RULES } from '../../../../src/validation/rules/chain/repeated.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/chain/repeated', () => testSamples(CHAIN_REPEATED_RULES));
