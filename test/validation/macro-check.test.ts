import { expect } from 'chai';
import { KNOWN_MACROS, macrosIn, ofMacros } from '../../src/validation/macro-check.ts';
import type { Place } from '../../src/validation/place.ts';

const at = (text: string): Place => ({ macros: macrosIn(text) }) as Place;
const all = ofMacros(
  () => true,
  (names) => names,
);

describe('ofMacros', () => {
  it('gathers the macros of a URL that are wrong, each once', () => {
    expect(all(at('https://a.example/?a=[ONE]&b=[two]&c=[ONE]'))).to.equal('[ONE], [two]');
    expect(ofMacros((name) => name === 'ONE', String)(at('?a=[ONE]&b=[TWO]'))).to.equal('[ONE]');
  });

  it('finds none where there are none', () => {
    expect(all(at('https://a.example/'))).to.equal(null);
    expect(all(at('https://[::1]/'))).to.equal(null);
  });
});

describe('KNOWN_MACROS', () => {
  it('are found by name', () => expect(KNOWN_MACROS.get('ERRORCODE')).to.include({ inTagRequests: false }));
});
