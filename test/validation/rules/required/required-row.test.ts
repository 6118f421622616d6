import { expect } from 'chai';
import { hasName, kebabCase } from '../../../../src/validation/rules/required/required-row.ts';

describe('kebabCase', () => {
  it('separates words and abbreviations', () => {
    const names = ['AdSystem', 'VASTAdTagURI', 'xPosition', 'UniversalAdId', 'type'];
    expect(names.map(kebabCase)).to.deep.equal([
      'ad-system',
      'vast-ad-tag-uri',
      'x-position',
      'universal-ad-id',
      'type',
    ]);
  });
});

describe('hasName', () => {
  it('finds a name in another case and behind a prefix', () => {
    expect(hasName(['Error', 'AdSystem'], 'AdSystem')).to.equal(true);
    expect(hasName(['ADSYSTEM'], 'AdSystem')).to.equal(true);
    expect(hasName(['v:AdSystem'], 'AdSystem')).to.equal(true);
    expect(hasName(['AdSystems', 'System'], 'AdSystem')).to.equal(false);
  });
});
