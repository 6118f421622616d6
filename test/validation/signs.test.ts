import { expect } from 'chai';
import fc from 'fast-check';
import { Place } from '../../src/validation/place.ts';
import { bitsOf, SIGNS, signsOf, signsOfText, type Sign } from '../../src/validation/signs.ts';
import { schemaOf } from '../../src/vast/schema.ts';
import { read } from '../support/vast-text.ts';

const holds = (text: string, sign: Sign): boolean => (signsOfText(text) & bitsOf([sign])) !== 0;

const PLAIN = 'https://ads.example/';

describe('signsOfText', () => {
  it('has a bit for each sign, wherever it stands', () => {
    expect(signsOfText(`${PLAIN}a?b=c`)).to.equal(0);
    for (const sign of SIGNS.filter(({ length }) => length === 1)) {
      for (const text of [sign, `a${sign}`, `${sign}a`]) {
        expect(SIGNS.filter((each) => holds(PLAIN + text, each))).to.deep.equal([sign]);
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

  it('tells macros apart', () => {
    const signs = (text: string): readonly string[] => SIGNS.filter((sign) => holds(PLAIN + text, sign));
    expect(signs('[CACHEBUSTING]')).to.deep.equal(['[']);
    expect(signs('[IFA]')).to.deep.equal(['[', 'later macro']);
    expect(signs('[ERRORCODE]')).to.deep.equal(['[', 'narrow macro']);
    expect(signs('[OWN]')).to.deep.equal(['[', 'unknown macro']);
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
    expect(signsOfText('a%') & bitsOf(['[', '%'])).not.to.equal(0);
    expect(signsOfText('a#') & bitsOf(['[', '%'])).to.equal(0);
    expect(bitsOf([])).to.equal(0);
  });
});

describe('signsOf', () => {
  it('is of the element, its attributes and where it stands', () => {
    const document = read('<VAST version="" own="" offset=""><a/><a/></VAST>');
    const signs = (isFirst: boolean, ...wanted: readonly Sign[]): readonly string[] => {
      const held = signsOf(new Place(document, document.root, null, schemaOf('4.2'), isFirst), bitsOf(wanted));
      return SIGNS.filter((sign) => (held & bitsOf([sign])) !== 0);
    };
    expect(signs(true)).to.deep.equal(['strange attribute', 'children']);
    expect(signs(false)).to.deep.equal(['strange attribute', 'children', 'again']);
    expect(signs(true, '@skipoffset')).to.deep.equal(['@offset', 'strange attribute', 'children']);
    expect(signs(true, '%')).to.include('no plain URL');
  });

  it('knows what its schema wants', () => {
    const ad = schemaOf('2.0').children!.get('Ad')!.element;
    const signs = (text: string): readonly string[] => {
      const document = read(text);
      const held = signsOf(new Place(document, document.root.children[0]!, null, ad.children!.get('InLine')!.element, true), 0); // prettier-ignore
      return SIGNS.filter((sign) => (held & bitsOf([sign])) !== 0);
    };
    const parts = '<AdSystem/><AdTitle/><Impression/><Creatives/>';
    expect(signs(`<VAST><InLine>${parts}</InLine></VAST>`)).to.deep.equal(['children']);
    expect(signs(`<VAST><InLine>${parts.replace('<AdTitle/>', '')}</InLine></VAST>`)).to.include('lacks child');
  });

  it('knows the events that every version has, of what plays', () => {
    const isOdd = (owner: string, event: string): boolean => {
      const document = read(`<VAST><Tracking event="${event}"/></VAST>`);
      const at = (name: string, parent: Place | null): Place =>
        new Place(document, { ...document.root, name }, parent, null, true);
      const place = new Place(document, document.root.children[0]!, at('TrackingEvents', at(owner, null)), null, true);
      return (signsOf(place, bitsOf(['odd event'])) & bitsOf(['odd event'])) !== 0;
    };
    expect(isOdd('Linear', 'start')).to.equal(false);
    for (const [owner, event] of [['Companion', 'start'], ['Linear', 'Start'], ['Linear', ''], ['Linear', 'loaded']] as const) expect(isOdd(owner, event)).to.equal(true); // prettier-ignore
  });
});
