import { CHAIN_TRANSFER_RULES } from '../../../../src/validation/rules/chain/transfer.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/chain/transfer', () => testSamples(CHAIN_TRANSFER_RULES));
