import { DEPRECATED_EVENTS_RULES } from '../../../../src/validation/rules/deprecated/events.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/deprecated/events', () => testSamples(DEPRECATED_EVENTS_RULES));
