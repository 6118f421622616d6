import { VALUES_FORMS_RULES } from '../../../../src/validation/rules/values/forms.ts';
import { testSamples } from '../../../support/rule-samples.ts';

describe('rules/values/forms', () => testSamples(VALUES_FORMS_RULES));
