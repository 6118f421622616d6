import { expect } from 'chai';
import { apiFrameworkNumber } from '../../src/openrtb/api-framework.ts';

describe('apiFrameworkNumber', () => {
  it('knows the names that VAST documents use', () => {
    const names = ['VPAID', 'vpaid 1.0', 'VPAID 2.0', 'omid', 'SIMID', 'SIMID-1.1', 'mraid-2'];
    expect(names.map(apiFrameworkNumber)).to.deep.equal([2, 1, 2, 7, 8, 9, 5]);
    expect(apiFrameworkNumber('flash')).to.equal(null);
  });
});
