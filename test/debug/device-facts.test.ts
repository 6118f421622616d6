import { expect } from 'chai';
import { DEVICES, deviceName, misfitInWords, skipInWords } from '../../src/debug/device-facts.ts';
import { SKIP_REASONS } from '../../src/projection/ad-verdict.ts';
import { PROFILE_NAMES } from '../../src/projection/profile.ts';

describe('deviceName', () => {
  it('has a name for each device that has a profile, and one for a device that its caller described', () => {
    expect(Object.keys(DEVICES)).to.have.members(PROFILE_NAMES);
    expect(deviceName('ctv')).to.equal('a connected TV');
    expect(deviceName({ httpsOnly: true })).to.equal('the device of the profile');
  });
});

describe('misfitInWords', () => {
  it('ends a sentence about the file', () => {
    expect(misfitInWords('insecure')).to.equal('comes over http');
  });
});

describe('skipInWords', () => {
  it('has words for each reason', () => {
    expect(SKIP_REASONS.map(skipInWords)).to.satisfy((all: string[]) => new Set(all).size === SKIP_REASONS.length);
  });
});
