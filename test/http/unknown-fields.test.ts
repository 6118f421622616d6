import { expect } from 'chai';
import { unknownFields } from '../../src/http/unknown-fields.ts';

describe('unknownFields', () => {
  it('names what is not known, and where it stands', () => {
    expect(unknownFields({ tmaxx: 80, url: 'x' }, ['url', 'tmax'])).to.deep.equal([
      'tmaxx is not known here, so it does nothing',
    ]);
    expect(unknownFields({ maxWrapper: 1 }, ['maxWrappers'], 'options')[0]).to.match(/^options\.maxWrapper is/);
  });

  it('says nothing of what is no object, or is all known', () => {
    expect([{ url: 1 }, {}, [1], 'x', null, undefined].flatMap((each) => unknownFields(each, ['url']))).to.deep.equal(
      [],
    );
  });

  it('is short, whatever was sent', () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`${'x'.repeat(1000)}${i}`, 1]));
    expect(unknownFields(many, []).join('').length).to.be.below(2000);
  });
});
