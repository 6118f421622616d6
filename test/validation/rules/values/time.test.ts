import { VALUES_TIME_RULES } from '../../../../src/validation/rules/values/time.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/values/time', () => testSamples(VALUES_TIME_RULES));
