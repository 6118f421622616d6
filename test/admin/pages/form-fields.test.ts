import { expect } from 'chai';
import { emptyForm } from '../../../src/admin/pages/debug-form.ts';
import { field, input, viewerFields } from '../../../src/admin/pages/form-fields.ts';

describe('viewerFields', () => {
  it('has what was typed in it, escaped, and what was chosen', () => {
    const { markup } = viewerFields({ ...emptyForm(4000, 5), ua: '"><b>', preset: 'ctv' }, 5000);
    expect(markup).to.include('value="&quot;&gt;&lt;b&gt;"').and.include('At most 5000.').and.not.include('<b>');
    expect(markup).to.match(/<option value="ctv"\s+selected/);
  });
});

describe('field', () => {
  it('names its control, and the note below it', () => {
    const { markup } = field('cb', 'Cache buster', input('cb', '1'), 'Any number.');
    expect(markup).to.match(/<label for="cb"\s*>Cache buster/);
    expect(markup).to.match(/<input id="cb" name="cb" value="1"/);
    expect(markup).to.include('id="cb-note">Any number.');
  });
});
