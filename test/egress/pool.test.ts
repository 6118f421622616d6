import { expect } from 'chai';
import { createPolicy } from '../../src/egress/guard.ts';
import { createPool } from '../../src/egress/pool.ts';
import type { Resolver } from '../../src/egress/resolver.ts';
import { createAuthority } from '../support/certificates.ts';

describe('createPool', () => {
  it('knows whether it shows a certificate, and holds nothing before it is asked', () => {
    const resolver: Resolver = { resolve: () => {}, touch: () => {}, close: () => {} };
    const authority = createAuthority();
    const create = (tls: object) => createPool(createPolicy([], [443]), resolver, tls, () => 0);
    const pools = [create({}), create({ ca: authority.cert }), create(authority.issue('client.example'))];
    expect(pools.map(({ showsCertificate }) => showsCertificate)).to.deep.equal([false, false, true]);
    for (const pool of pools) {
      expect(pool.idle()).to.equal(0);
      pool.renew();
      pool.close();
    }
  });
});
