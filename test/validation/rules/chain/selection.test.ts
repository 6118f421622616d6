import { CHAIN_SELECTION_RULES } from '../../../../src/validation/rules/chain/selection.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/chain/selection', () => testSamples(CHAIN_SELECTION_RULES));
