import { expect } from 'chai';
import { emptyForm, FIELDS } from '../../../src/debug/debug-form.ts';
import { formPage } from '../../../src/admin/pages/form-page.ts';

describe('formPage', () => {
  const form = emptyForm(5000, 5);

  it('has a labelled control for every field', () => {
    const page = formPage({ form, empty: form, problems: [], maxTmaxMs: 5000 });
    for (const field of FIELDS) {
      expect(page).to.include(`name="${field}"`).and.include(`<label for="${field}">`);
    }
  });

  it('unfolds what was filled in, and nothing else', () => {
    const folded = formPage({ form: { ...form, tag: 'x', preset: 'ctv' }, empty: form, problems: [], maxTmaxMs: 5000 });
    expect(folded).to.match(/<details\s*>/);
    const page = formPage({ form: { ...form, repair: 'on' }, empty: form, problems: [], maxTmaxMs: 5000 });
    expect(page).to.match(/<details open/);
    expect(page).to.match(/id="repair"[^>]*checked/);
  });

  it('offers to check several URLs as a batch', () => {
    const tag = 'https://a.example/1 https://a.example/2';
    const page = formPage({ form: { ...form, tag }, empty: form, problems: ['These are two URLs.'], maxTmaxMs: 5000 });
    expect(page).to.include('action="/batch"').and.include('value="https://a.example/1\nhttps://a.example/2"');
  });

  it('keeps what was typed, and says what was wrong', () => {
    const page = formPage({
      empty: form,
      form: { ...form, tag: '</textarea><b>' },
      problems: ['tmax: <wrong>'],
      maxTmaxMs: 5000,
    });
    expect(page).to.include('&lt;/textarea&gt;&lt;b&gt;</textarea>').and.include('tmax: &lt;wrong&gt;');
  });
});
