import { expect } from 'chai';
import { allowedIn } from '../../src/merge/allowed.ts';
import { schemaOf } from '../../src/vast/schema.ts';

describe('allowedIn', () => {
  it('goes down the schema of the version', () => {
    const ad = allowedIn(schemaOf('4.2'), 'Ad');
    expect(ad).to.be.an('object');
    expect(allowedIn(ad, 'InLine')).to.be.an('object');
  });

  it('allows nothing that the version does not know, and nothing in it', () => {
    expect(allowedIn(schemaOf('4.2'), 'Advert')).to.equal('nothing');
    expect(allowedIn('nothing', 'InLine')).to.equal('nothing');
  });

  it('allows anything inside what is of its author alone', () => {
    const extension = ['Ad', 'InLine', 'Extensions', 'Extension'].reduce(allowedIn, schemaOf('4.2'));
    expect(allowedIn(extension, 'Whatever')).to.equal('anything');
    expect(allowedIn('anything', 'More')).to.equal('anything');
  });
});
