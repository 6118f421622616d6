import { CHAIN_MERGING_RULES } from '../../../../src/validation/rules/chain/merging.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/chain/merging', () => testSamples(CHAIN_MERGING_RULES));
