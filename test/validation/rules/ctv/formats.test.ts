import { CTV_FORMATS_RULES } from '../../../../src/validation/rules/ctv/formats.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/ctv/formats', () => testSamples(CTV_FORMATS_RULES));
