import { expect } from 'chai';
import fc from 'fast-check';
import { fillPlaceholders, hasCacheBuster, placeholdersIn } from '../../src/vast/placeholders.ts';

/** Every way in which a name is marked. */
const SPELLINGS: readonly ((name: string) => string)[] = [
  (name) => `[${name}]`,
  (name) => `%5B${name}%5D`,
  (name) => `%5b${name}%5d`,
  (name) => `%%${name}%%`,
  (name) => `%25%25${name}%25%25`,
  (name) => `\${${name}}`,
  (name) => `%24%7B${name}%7D`,
  (name) => `$%7B${name}%7D`,
  (name) => `{{${name}}}`,
  (name) => `{{ ${name} }}`,
  (name) => `%7B%7B${name}%7D%7D`,
  (name) => `{${name}}`,
  (name) => `__${name}__`,
  (name) => `$$${name}$$`,
  (name) => `@@${name}@@`,
  (name) => `##${name}##`,
];
const BUSTERS = ['timestamp', 'TIMESTAMP_MS', 'random', 'RANDOM_NUMBER', 'CB', 'cachebuster', 'CACHE_BUSTER', 'CacheBusting', 'cache_breaker', 'rnd', 'ord', 'correlator', 'UNIXTIME']; // prettier-ignore
const tag = (value: string): string => `https://a.example/v?zone=7&ord=${value}&x=1`;

describe('hasCacheBuster', () => {
  for (const name of BUSTERS) {
    it(`knows ${name} in every spelling`, () => {
      const missed = SPELLINGS.map((spell) => tag(spell(name))).filter((url) => !hasCacheBuster(url));
      expect(missed).to.deep.equal([]);
    });
  }
  it('knows the macros of VAST in the spellings of others', () => {
    expect(SPELLINGS.slice(1).filter((spell) => !hasCacheBuster(tag(spell('CACHEBUSTING'))))).to.deep.equal([]);
  });
  it('finds none in other placeholders, nor in values', () => {
    const urls = ['1234', '[PAGEURL]', '%%SITE%%', '${AUCTION_ID}', '{{width}}', '__campaign__', 'random', 'a_b__c', '%5B1%5D', '[]', '{}', '__', '%%'].map(tag); // prettier-ignore
    expect(urls.filter(hasCacheBuster)).to.deep.equal([]);
  });
});

describe('placeholdersIn', () => {
  it('lists what is written, each once, without the macros of VAST for tags', () => {
    const url = 'https://a.example/?a=[CACHEBUSTING]&b=[timestamp]&c=%%CB%%&d=[timestamp]&e=${X}&f=[ERRORCODE]';
    expect(placeholdersIn(url).map(({ written }) => written)).to.deep.equal([
      '[timestamp]',
      '%%CB%%',
      '${X}',
      '[ERRORCODE]',
    ]);
  });
});

describe('fillPlaceholders', () => {
  it('fills by name, in every spelling and case', () => {
    for (const spell of SPELLINGS) {
      expect(fillPlaceholders(tag(spell('Site_Id')), { SITEID: 'a b' }), spell('Site_Id')).to.equal(tag('a%20b'));
    }
  });
  it('fills by the whole spelling alone where that is given', () => {
    const url = 'https://a.example/?a=%%CB%%&b=[CB]&c=[TIMESTAMP]';
    expect(fillPlaceholders(url, { '%%CB%%': 1 })).to.equal('https://a.example/?a=1&b=[CB]&c=[TIMESTAMP]');
    expect(fillPlaceholders(url, { '[TIMESTAMP]': 1 })).to.equal('https://a.example/?a=%%CB%%&b=[CB]&c=1');
  });
  it('leaves the macros of VAST to who fills them, and what nobody gave', () => {
    expect(fillPlaceholders(tag('[CACHEBUSTING]'), { CACHEBUSTING: 1 })).to.equal(tag('[CACHEBUSTING]'));
    expect(fillPlaceholders(tag('[other]'), { CB: 1 })).to.equal(tag('[other]'));
    expect(fillPlaceholders(tag('[constructor]'), {})).to.equal(tag('[constructor]'));
    expect(fillPlaceholders(tag('[toString]'), { CB: 1 })).to.equal(tag('[toString]'));
  });
  it('encodes each value on its own, lists with a comma', () => {
    expect(fillPlaceholders(tag('{{list}}'), { list: ['a&b', 2] })).to.equal(tag('a%26b,2'));
    expect(fillPlaceholders(tag('{{x}}'), { x: '[CACHEBUSTING]' })).to.equal(tag('%5BCACHEBUSTING%5D'));
  });
  it('takes any text', () => {
    const piece = fc.constantFrom('[', ']', '%%', '{{', '}}', '${', '}', '__', 'cb', '%5B', '%7B%7B', '$', 'a_');
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }), (pieces) => {
        const url = pieces.join('');
        hasCacheBuster(url);
        expect(fillPlaceholders(url, {})).to.equal(url);
        fillPlaceholders(url, { cb: 1 });
      }),
    );
  });
});
