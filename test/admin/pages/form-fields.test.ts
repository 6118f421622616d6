import { expect } from 'chai';
import { area, field, input, missingNote, playerField, viewerFields } from '../../../src/admin/pages/form-fields.ts';
import { emptyForm, FIELDS, PRESETS } from '../../../src/debug/debug-form.ts';
import { html } from '../../../src/admin/pages/html.ts';

describe('form fields', () => {
  const form = emptyForm(5000, 5);

  it('are all there but the tag', () => {
    const { markup } = html`${viewerFields(form, 5000)}${playerField(form)}`;
    for (const name of FIELDS.filter((each) => each !== 'tag')) expect(markup).to.include(`name="${name}"`);
    for (const preset of Object.keys(PRESETS)) expect(markup).to.include(`value="${preset}"`);
  });

  it('send something in the place of a box that is not ticked', () => {
    const { markup } = viewerFields({ ...form, fresh: 'on' }, 5000);
    expect(markup).to.match(
      /type="hidden" name="repair" value="" [^]*type="checkbox"[^>]*id="repair"[^>]*value="on"\s+\/>/,
    );
    expect(markup).to.match(/id="fresh"[^>]*checked/);
  });

  it('do not send back what is long, and say so', () => {
    expect(missingNote({ ...form, tag: 'x'.repeat(100_000) })).to.equal(null);
    for (const name of ['tag', 'macros', 'ua'] as const) {
      expect(missingNote({ ...form, [name]: 'x'.repeat(200_000) })!.markup, name).to.include('too long to be shown');
    }
    for (const control of [input('a', 'x'.repeat(200_000)), area('a', 'x'.repeat(200_000), null)]) {
      expect(control.markup.length).to.be.below(1000);
    }
  });

  it('keep what was typed as text', () => {
    const { markup } = field(
      'a',
      'A <label>',
      html`${input('a', '"<i>')}${area('b', '\n</textarea>', null)}`,
      'a <note>',
    );
    expect(markup).to.include('value="&quot;&lt;i&gt;"').and.include('>\n\n&lt;/textarea&gt;</textarea>');
    expect(markup).to.include('A &lt;label&gt;').and.include('id="a-note">a &lt;note&gt;');
  });
});
