import { expect } from 'chai';
import fc from 'fast-check';
import { bitOf, TEXT_SIGNS, type Sign } from '../../src/validation/signs.ts';
import { signsOfText } from '../../src/validation/signs-of-text.ts';

const holds = (text: string, sign: Sign): boolean => (signsOfText(text) & bitOf(sign)) !== 0;

const PLAIN = 'https://ads.example/';

describe('signsOfText', () => {
  it('has a bit for each sign, wherever it stands', () => {
    expect(signsOfText(`${PLAIN}a?b=c&_d`)).to.equal(0);
    for (const sign of TEXT_SIGNS.filter(({ length }) => length < 3)) {
      for (const text of [sign, `a${sign}`, `${sign}a`]) {
        expect(TEXT_SIGNS.filter((each) => holds(PLAIN + text, each))).to.deep.equal([sign]);
      }
    }
  });

  it('knows a plain URL', () => {
    const others = [
      '',
      'a',
      'http://a.example/',
      'HTTPS://a.example/',
      'https://a.example:8443/',
      'https://u@a.example/',
    ];
    const hosts = ['10.0.0.1', 'a', 'localhost', 'a.local', 'a.xn--a', '[::1]', 'a_b.example', '[HOST].example'];
    const long = PLAIN + 'a'.repeat(9000);
    for (const text of [...others, ...hosts.map((host) => `https://${host}/`), long]) {
      expect(holds(text, 'no plain URL'), text).to.equal(true);
    }
    expect(signsOfText('https://local.example?a')).to.equal(0);
    expect(signsOfText('https://a.localhosts')).to.equal(0);
  });

  it('passes over no white space and nothing beyond ASCII', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        if (/\s/.test(text)) expect(holds(text, 'white space')).to.equal(true);
        // eslint-disable-next-line no-control-regex -- ASCII is what is looked for
        expect(holds(text, 'beyond ASCII')).to.equal(/[^\x00-\x7f]/.test(text));
      }),
    );
  });
});
