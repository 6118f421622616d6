import { CTV_SIGNAL_FORM_RULES } from '../../../../src/validation/rules/ctv/signal-form.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/ctv/signal-form', () => testSamples(CTV_SIGNAL_FORM_RULES));
