import { expect } from 'chai';
import { PROFILE_NAMES, profileOf, PROFILES } from '../../src/projection/profile.ts';

describe('profileOf', () => {
  it('knows devices by name, and takes what it is given', () => {
    expect(PROFILE_NAMES.map(profileOf)).to.deep.equal([PROFILES.ctv, PROFILES.web, PROFILES.app]);
    const own = { types: ['video/mp4'], maxHeight: 720 };
    expect(profileOf(own)).to.equal(own);
  });

  it('has https, MP4 and HLS for each of them', () => {
    for (const { httpsOnly, types } of Object.values(PROFILES)) {
      expect(httpsOnly).to.equal(true);
      expect(types).to.include.members(['video/mp4', 'application/vnd.apple.mpegurl']);
    }
  });
});
