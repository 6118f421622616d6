import { expect } from 'chai';
import { ATTRIBUTE_FORMS, formsOf } from '../../src/validation/attribute-forms.ts';

describe('ATTRIBUTE_FORMS', () => {
  it('gives each attribute of an element one form', () => {
    const pairs = Object.values(ATTRIBUTE_FORMS).flatMap(({ elements, attributes }) =>
      elements.flatMap((element) => attributes.map((name) => `${element}@${name}`)),
    );
    expect(new Set(pairs).size).to.equal(pairs.length);
  });
});

describe('formsOf', () => {
  it('gives the forms of the attributes of an element', () => {
    const forms = formsOf('MediaFile');
    expect([forms.get('width')!('640'), forms.get('width')!('640px')]).to.deep.equal([true, false]);
    expect([forms.get('delivery')!('streaming'), forms.get('delivery')!('')]).to.deep.equal([true, false]);
    expect(forms.get('adType')).to.equal(undefined);
    expect(formsOf('AdTitle').size).to.equal(0);
  });
});
