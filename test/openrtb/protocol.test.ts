import { expect } from 'chai';
import { protocolOf, versionOf } from '../../src/openrtb/protocol.ts';

describe('protocol numbers', () => {
  it('go from version to number and back', () => {
    for (const version of ['2.0', '3.0', '4.0', '4.1', '4.2', '4.3']) {
      expect(versionOf(protocolOf(version, 'inline')!)).to.deep.equal({ version, wrapper: false });
      expect(versionOf(protocolOf(version, 'wrapper')!)).to.deep.equal({ version, wrapper: true });
    }
    expect(protocolOf('3.0', 'wrapper')).to.equal(6);
    expect(protocolOf('4.2', 'inline')).to.equal(13);
  });

  it('count a draft as the version that it adds to', () => {
    expect(protocolOf('4.4', 'inline')).to.equal(protocolOf('4.3', 'inline'));
    expect(protocolOf('4.4', 'wrapper')).to.equal(16);
  });

  it('are null for what VAST is not', () => {
    expect(versionOf(9)).to.equal(null);
    expect(protocolOf('5.0', 'inline')).to.equal(null);
  });
});
