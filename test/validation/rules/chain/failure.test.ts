import { CHAIN_FAILURE_RULES } from '../../../../src/validation/rules/chain/failure.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/chain/failure', () => testSamples(CHAIN_FAILURE_RULES));
