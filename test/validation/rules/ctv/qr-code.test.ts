import { CTV_QR_CODE_RULES } from '../../../../src/validation/rules/ctv/qr-code.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/ctv/qr-code', () => testSamples(CTV_QR_CODE_RULES));
