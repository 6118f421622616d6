import { expect } from 'chai';
import { emptyForm, FIELDS, PRESETS } from '../../src/debug/debug-form.ts';
import { ImpSchema } from '../../src/http/openrtb-schema.ts';

describe('debug form', () => {
  it('has a value for every field at first', () => {
    expect(emptyForm(5000, 5)).to.have.all.keys(FIELDS);
  });

  for (const [id, { imp }] of Object.entries(PRESETS)) {
    it(`has a preset ${id} that the service takes`, () => {
      expect(imp === null || ImpSchema.safeParse(imp).success).to.equal(true);
    });
  }
});
