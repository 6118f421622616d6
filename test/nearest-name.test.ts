import { expect } from 'chai';
import fc from 'fast-check';
import { nearestName } from '../src/nearest-name.ts';
import { SETTINGS } from '../src/settings-table.ts';

const NAMES = Object.keys(SETTINGS);

describe('nearestName', () => {
  const meant: Record<string, string> = {
    PROT: 'PORT',
    WORKER: 'WORKERS',
    TMAX_DEFAULT: 'TMAX_DEFAULT_MS',
    DEFAULT_TMAX_MS: 'TMAX_DEFAULT_MS',
    MAX_WRAPERS: 'MAX_WRAPPERS',
    MAX_BODY: 'MAX_BODY_BYTES',
    ADMIN_TOKNE: 'ADMIN_TOKEN',
    CACHE_ULR: 'CACHE_URL',
  };
  for (const [written, name] of Object.entries(meant)) {
    it(`takes ${written} for ${name}`, () => expect(nearestName(written, NAMES)).to.equal(name));
  }

  for (const other of ['PATH', 'HOME', 'HOSTNAME', 'LANG', 'PWD', 'SHELL', 'NODE_ENV', 'CI', 'TERM', 'USER', 'MAX']) {
    it(`leaves ${other} alone`, () => expect(nearestName(other, NAMES)).to.equal(null));
  }

  it('finds every name with two neighbouring letters exchanged', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), fc.nat(), (name, at) => {
        const i = at % (name.length - 1);
        const typo = name.slice(0, i) + name[i + 1]! + name[i]! + name.slice(i + 2);
        return nearestName(typo, NAMES) !== null;
      }),
    );
  });

  it('does not look at what is far too long', () => expect(nearestName('A'.repeat(1e6), NAMES)).to.equal(null));
});
