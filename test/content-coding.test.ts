import { expect } from 'chai';
import { readContentCoding } from '../src/content-coding.ts';

describe('readContentCoding', () => {
  it('finds the codings in their order, in any case', () => {
    expect(readContentCoding('gzip').codings).to.deep.equal(['gzip']);
    expect(readContentCoding(' GZIP , Br').codings).to.deep.equal(['gzip', 'br']);
    expect(readContentCoding(['deflate', 'x-gzip'])).to.deep.equal({ codings: ['deflate', 'x-gzip'], strange: [] });
  });

  it('takes nothing, and identity, for no coding', () => {
    for (const header of [undefined, '', ' ', ',', 'identity', 'Identity, identity']) {
      expect(readContentCoding(header)).to.deep.equal({ codings: [], strange: [] });
    }
  });

  const STRANGE = [
    'utf-8',
    'utf8',
    'none',
    'null',
    'binary',
    'text',
    'windows-1251',
    'text/xml; charset=utf-8',
    '8bit',
  ];
  for (const word of STRANGE) {
    it(`knows that ${word} is no coding`, () => {
      expect(readContentCoding(word.toUpperCase())).to.deep.equal({ codings: [], strange: [word] });
      expect(readContentCoding(`gzip, "${word}"`)).to.deep.equal({ codings: ['gzip'], strange: [word] });
    });
  }
});
