import { expect } from 'chai';
import { readPrivacyHeaders } from '../../src/http/privacy-headers.ts';
import { readPrivacy } from '../../src/openrtb/privacy.ts';

const read = (headers: Readonly<Record<string, string>>) => readPrivacyHeaders((name) => headers[name] ?? '');
const isRestricted = (headers: Readonly<Record<string, string>>): boolean => {
  const { lmt, regs, user } = read(headers);
  return readPrivacy({ device: { lmt }, regs, user }).restricted;
};
const open = { 'unwrap-coppa': '0', 'unwrap-gdpr': '0', 'unwrap-lmt': '0' };

describe('readPrivacyHeaders', () => {
  it('reads them all', () => {
    const said = {
      'unwrap-consent': 'CP',
      'unwrap-gpp': 'DB',
      'unwrap-gpp-sid': '2, 7,x',
      'unwrap-us-privacy': '1YNN',
    };
    expect(read({ ...open, ...said })).to.deep.equal({
      lmt: 0,
      regs: { coppa: 0, gdpr: 0, gpp: 'DB', gpp_sid: [2, 7], us_privacy: '1YNN' },
      user: { consent: 'CP' },
    });
  });

  for (const [restricted, what, headers] of [
    [false, 'all is said and nothing stands against it', open],
    [false, 'GDPR applies and there is consent', { ...open, 'unwrap-gdpr': '1', 'unwrap-consent': 'CP' }],
    [true, 'nothing is said', {}],
    [true, 'GDPR applies', { ...open, 'unwrap-gdpr': '1' }],
    [true, 'of COPPA', { ...open, 'unwrap-coppa': '1' }],
    [true, 'tracking is limited', { ...open, 'unwrap-lmt': '1' }],
    ...Object.keys(open).flatMap(
      (name) =>
        [
          [true, `${name} is missing`, { ...open, [name]: '' }],
          [true, `${name} cannot be read`, { ...open, [name]: 'no' }],
        ] as const,
    ),
  ] as const) {
    it(`${restricted ? 'restricts' : 'lets through'} where ${what}`, () =>
      expect(isRestricted(headers)).to.equal(restricted));
  }
});
