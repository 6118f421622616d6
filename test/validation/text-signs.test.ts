import { expect } from 'chai';
import fc from 'fast-check';
import { bitsOf, SIGNS, signsOf, type Sign } from '../../src/validation/text-signs.ts';

const holds = (text: string, sign: Sign): boolean => (signsOf(text) & bitsOf([sign])) !== 0;

describe('signsOf', () => {
  it('has a bit for each sign, where it stands', () => {
    for (const sign of SIGNS.filter(({ length }) => length === 1)) {
      for (const text of [sign, `a${sign}`, `${sign}a`]) {
        expect(SIGNS.filter((each) => holds(text, each))).to.deep.equal([sign]);
      }
    }
    expect(signsOf('https://ads.example/a?b=c')).to.equal(0);
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

describe('bitsOf', () => {
  it('is of any of the signs', () => {
    expect(signsOf('a%') & bitsOf(['[', '%'])).not.to.equal(0);
    expect(signsOf('a#') & bitsOf(['[', '%'])).to.equal(0);
    expect(bitsOf([])).to.equal(0);
  });
});
