import { MACROS_PLACE_RULES } from '../../../../src/validation/rules/macros/place.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/macros/place', () => testSamples(MACROS_PLACE_RULES));
