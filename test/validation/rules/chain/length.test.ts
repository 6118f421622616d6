import { CHAIN_LENGTH_RULES } from '../../../../src/validation/rules/chain/length.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/chain/length', () => testSamples(CHAIN_LENGTH_RULES));
