import { expect } from 'chai';
import { ofMacros, ofUnknownMacros } from '../../src/validation/macro-check.ts';
import { Place } from '../../src/validation/place.ts';
import { read, vast } from '../support/vast-text.ts';

const document = read(vast(''));
const at = (text: string): Place => new Place(document, { ...document.root, text }, null, null, false);
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

describe('ofUnknownMacros', () => {
  it('passes over those of the specification', () => {
    expect(ofUnknownMacros(() => true, String)(at('[ERRORCODE][ONE]'))).to.equal('[ONE]');
    expect(ofUnknownMacros(() => true, String)(at('[ERRORCODE]'))).to.equal(null);
  });
});
