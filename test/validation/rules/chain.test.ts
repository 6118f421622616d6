import { CHAIN_RULES } from '../../../src/validation/rules/chain.ts';
import { testSamples } from '../../support/rule-samples.ts';

describe('rules/chain', () => testSamples(CHAIN_RULES));
