import { expect } from 'chai';
import type { Device, Regs, User } from '../../src/openrtb/objects.ts';
import { addressOf, consentOf, gdprApplies, readPrivacy, truncateAddress } from '../../src/openrtb/privacy.ts';

const CASES: readonly (readonly [
  title: string,
  restricted: boolean,
  regs: Regs | null,
  user: User | null,
  device?: Device,
])[] = [
  ['nothing said', false, null, null],
  ['COPPA', true, { coppa: 1 }, { consent: 'c' }],
  ['GDPR without consent', true, { gdpr: 1 }, null],
  ['GDPR with an empty consent string', true, { gdpr: 1 }, { consent: '' }],
  ['GDPR as OpenRTB 2.5 has it', true, { ext: { gdpr: 1 } }, { ext: {} }],
  ['GDPR with consent', false, { gdpr: 1 }, { consent: 'c' }],
  ['GDPR with consent as OpenRTB 2.5 has it', false, { ext: { gdpr: 1 } }, { ext: { consent: 'c' } }],
  ['no GDPR', false, { gdpr: 0 }, null],
  ['limited ad tracking', true, { gdpr: 1 }, { consent: 'c' }, { lmt: 1 }],
  ['no limit', false, null, null, { lmt: 0 }],
];

describe('readPrivacy', () => {
  for (const [title, restricted, regs, user, device = null] of CASES) {
    it(`${restricted ? 'restricts' : 'lets through'} ${title}`, () => {
      expect(readPrivacy({ regs, user, device })).to.deep.equal({ restricted });
    });
  }
});

describe('gdprApplies and consentOf', () => {
  it('tell no from unknown', () => {
    expect([{ gdpr: 0 } as const, { ext: { gdpr: 0 } } as const, {}, null].map(gdprApplies)).to.deep.equal([
      false,
      false,
      null,
      null,
    ]);
    expect([null, {}, { consent: 'c' }].map(consentOf)).to.deep.equal([null, null, 'c']);
  });
});

describe('truncateAddress', () => {
  const ADDRESSES = {
    '203.0.113.77': '203.0.113.0',
    '::ffff:203.0.113.77': '203.0.113.0',
    '2001:db8:1:2:3:4:5:6': '2001:db8:1::',
    '2001:db8::1': '2001:db8:0::',
    '2001:DB8:0001:2::': '2001:db8:1::',
    '::1': '0:0:0::',
    'fe80::1%eth0': null,
    '203.0.113': null,
    '203.0.113.77\r\nX: y': null,
    '999.0.113.77': null,
    '203.0.113.256': null,
    '203.0.113.077': null,
    '203.0.113.77:443': null,
    '[2001:db8::1]': null,
    '2001:db8::12345': null,
    unknown: null,
    'host.example': null,
    '': null,
  };
  for (const [address, truncated] of Object.entries(ADDRESSES)) {
    it(`makes ${truncated} of ${JSON.stringify(address)}`, () => expect(truncateAddress(address)).to.equal(truncated));
  }
});

describe('addressOf', () => {
  it('prefers IPv4 and cuts only where it must', () => {
    const device = { ip: '203.0.113.77', ipv6: '2001:db8::1' };
    expect(addressOf(device, { restricted: false })).to.equal('203.0.113.77');
    expect(addressOf(device, { restricted: true })).to.equal('203.0.113.0');
    expect(addressOf({ ipv6: '2001:db8::1' }, { restricted: false })).to.equal('2001:db8::1');
    expect(addressOf({}, { restricted: true })).to.equal(null);
    expect(addressOf(null, { restricted: false })).to.equal(null);
  });

  for (const restricted of [true, false]) {
    it(`passes over what is no address, ${restricted ? '' : 'un'}restricted`, () => {
      for (const ip of [
        'not-an-address',
        '',
        ' ',
        '203.0.113.256',
        '1.2.3',
        'a.example',
        '203.0.113.7, 198.51.100.1',
      ]) {
        expect(addressOf({ ip, ipv6: ip }, { restricted }), ip).to.equal(null);
        expect(addressOf({ ip, ipv6: '2001:db8::1' }, { restricted }), ip).to.match(/^2001:db8/);
      }
    });
  }
});
