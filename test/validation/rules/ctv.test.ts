import { CTV_RULES } from '../../../src/validation/rules/ctv.ts';
import { testSamples } from '../../support/rule-samples.ts';

describe('rules/ctv', () => testSamples(CTV_RULES));
