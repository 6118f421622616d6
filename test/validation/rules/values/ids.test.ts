import { VALUES_IDS_RULES } from '../../../../src/validation/rules/values/ids.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/values/ids', () => testSamples(VALUES_IDS_RULES));
