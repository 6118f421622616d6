import { generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import { expiryOf, identityName, tlsMistakes, type TlsIdentity } from '../../src/egress/tls-identity.ts';
import { createAuthority } from '../support/certificates.ts';

const authority = createAuthority();
const client = authority.issue('client.example');
const other = authority.issue('other.example');
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const locked = privateKey
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' })
  .toString();

describe('tlsMistakes', () => {
  it('finds none where certificate, key and authority can be used', () => {
    for (const right of [{}, client, { ca: authority.cert }, { ...client, ca: authority.cert + other.cert }]) {
      expect(tlsMistakes(right)).to.deep.equal([]);
    }
  });

  const WRONG: readonly (readonly [string, TlsIdentity, string, RegExp])[] = [
    ['no certificate', { ...client, cert: 'x' }, 'cert', /must be a certificate as PEM/],
    ['no key', { ...client, key: 'x' }, 'key', /must be a private key/],
    ['the key of another', { cert: client.cert, key: other.key }, 'key', /not the key of the certificate/],
    ['a locked key', { cert: client.cert, key: locked }, 'key', /locked by a passphrase/],
    ['a certificate alone', { cert: client.cert }, 'key', /is missing/],
    ['a key alone', { key: client.key }, 'cert', /is missing/],
    ['no authority', { ca: client.key }, 'ca', /must be certificates of authorities/],
  ];
  for (const [what, identity, field, mistake] of WRONG) {
    it(`finds ${what}, and quotes nothing of it`, () => {
      const found = tlsMistakes(identity);
      expect(found).to.have.length(1);
      expect(found[0]!.field).to.equal(field);
      expect(found[0]!.mistake).to.match(mistake);
      for (const line of Object.values(identity)
        .join('\n')
        .split('\n')
        .filter((each) => /^[\w+/=]{20,}$/.test(each))) {
        expect(found[0]!.mistake).not.to.contain(line);
      }
    });
  }
});

describe('expiryOf', () => {
  const DAY_MS = 86_400_000;
  const until = Date.parse('2030-06-15T12:00:00Z');
  const { cert } = authority.issue('client.example', new Date(until));
  const found = (now: number): readonly string[] =>
    expiryOf({ cert }, now).map(({ field, mistake }) => `${field} ${mistake}`);

  it('says when a certificate holds no longer, or not yet', () => {
    expect(found(until - DAY_MS)).to.deep.equal([]);
    expect(found(until + DAY_MS)).to.deep.equal(['cert holds no longer, since 2030-06-15: give another']);
    expect(found(until - 90 * DAY_MS)).to.deep.equal(['cert holds only from 2030-04-16 on: give another']);
    expect(expiryOf({ ca: cert }, until + DAY_MS)).to.have.nested.property('[0].field', 'ca');
    expect(expiryOf({}, until)).to.deep.equal([]);
  });
});

describe('identityName', () => {
  it('is the same for the same contents alone', () => {
    expect(identityName(client)).to.equal(identityName({ ...client }));
    const names = [{}, client, other, { ca: client.cert }, { ...client, ca: authority.cert }].map(identityName);
    expect(new Set(names)).to.have.property('size', names.length);
    expect(names.join()).not.to.contain('BEGIN');
  });
});
