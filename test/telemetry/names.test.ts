import { expect } from 'chai';
import { ATTRIBUTES, known } from '../../src/telemetry/names.ts';

describe('known', () => {
  it('leaves out what has no value, and keeps false and 0', () => {
    expect(
      known({ 'vast.debug': false, 'vast.wrappers': 0, 'vast.status': null, 'vast.bidder': undefined }),
    ).to.deep.equal({
      'vast.debug': false,
      'vast.wrappers': 0,
    });
  });
});

describe('ATTRIBUTES', () => {
  it('says of each what it is', () => {
    for (const { about } of Object.values(ATTRIBUTES)) expect(about).to.match(/\w/);
  });
});
