import { expect } from 'chai';
import { urlsOf } from '../../src/vast/urls-of.ts';
import { read, vast } from '../support/vast-text.ts';

const of = (impression: string): readonly string[] =>
  urlsOf(read(vast(`<Ad><InLine>${impression}</InLine></Ad>`)).ads[0]!.body.children[0]!);

describe('urlsOf', () => {
  it('is the text, or the URL children of old', () => {
    expect(of('<Impression> https://a.example </Impression>')).to.deep.equal(['https://a.example']);
    expect(of('<Impression><URL id="x">a</URL><URL/><URL><![CDATA[ b ]]></URL></Impression>')).to.deep.equal([
      'a',
      'b',
    ]);
    expect(of('<Impression>a<URL>b</URL></Impression>')).to.deep.equal(['a']);
    expect(of('<Impression><Uri>b</Uri></Impression>')).to.deep.equal([]);
  });
});
