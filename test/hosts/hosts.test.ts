import { expect } from 'chai';
import { createHosts } from '../../src/hosts/hosts.ts';

describe('createHosts', () => {
  it('admits a host that nothing is known of', () => {
    expect(createHosts().admit('a.example', 100)).to.equal(null);
  });
});
