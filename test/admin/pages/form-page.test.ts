import { expect } from 'chai';
import { emptyForm, FIELDS } from '../../../src/admin/pages/debug-form.ts';
import { formPage } from '../../../src/admin/pages/form-page.ts';

describe('formPage', () => {
  const form = emptyForm(5000, 5);

  it('has a labelled control for every field', () => {
    const page = formPage({ form, problems: [], maxTmaxMs: 5000 });
    for (const field of FIELDS) {
      expect(page).to.include(`name="${field}"`).and.include(`<label for="${field}">`);
    }
  });

  it('keeps what was typed, and says what was wrong', () => {
    const page = formPage({ form: { ...form, tag: '</textarea><b>' }, problems: ['tmax: <wrong>'], maxTmaxMs: 5000 });
    expect(page).to.include('&lt;/textarea&gt;&lt;b&gt;</textarea>').and.include('tmax: &lt;wrong&gt;');
  });
});
