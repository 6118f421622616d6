import { OPENRTB_TV_FORMAT_RULES } from '../../../../src/validation/rules/openrtb/tv-format.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/openrtb/tv-format', () => testSamples(OPENRTB_TV_FORMAT_RULES));
