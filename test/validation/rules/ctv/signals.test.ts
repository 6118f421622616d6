import { CTV_SIGNALS_RULES } from '../../../../src/validation/rules/ctv/signals.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/ctv/signals', () => testSamples(CTV_SIGNALS_RULES));
