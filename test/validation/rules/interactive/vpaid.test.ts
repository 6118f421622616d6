import { INTERACTIVE_VPAID_RULES } from '../../../../src/validation/rules/interactive/vpaid.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/interactive/vpaid', () => testSamples(INTERACTIVE_VPAID_RULES));
