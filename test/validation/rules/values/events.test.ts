import { VALUES_EVENTS_RULES } from '../../../../src/validation/rules/values/events.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/values/events', () => testSamples(VALUES_EVENTS_RULES));
