import { expect } from 'chai';
import { batchFormPage } from '../../../src/admin/pages/batch-form-page.ts';
import { emptyForm } from '../../../src/debug/debug-form.ts';

describe('batchFormPage', () => {
  const shown = (tag: string, problems: readonly string[]): string =>
    batchFormPage({ form: { ...emptyForm(5000, 5), tag }, problems, maxTmaxMs: 5000, maxTags: 200 });

  it('takes a list or a file', () => {
    expect(shown('', []))
      .to.include('enctype="multipart/form-data"')
      .and.include('type="file"')
      .and.include('up to 200');
  });

  it('keeps what was typed, and says what was wrong with it', () => {
    const text = shown('</textarea><script>', ['Paste a tag first.']);
    expect(text)
      .to.include('&lt;/textarea&gt;&lt;script&gt;')
      .and.include('role="alert"')
      .and.include('Paste a tag first.');
  });
});
