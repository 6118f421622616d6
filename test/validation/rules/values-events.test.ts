import { EVENT_RULES } from '../../../src/validation/rules/values-events.ts';
import { testSamples } from '../../support/rule-samples.ts';

describe('rules/values-events', () => testSamples(EVENT_RULES));
