import { expect } from 'chai';
import fc from 'fast-check';
import { hasUrl, urlsOf } from '../../src/vast/urls-of.ts';
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

describe('hasUrl', () => {
  it('says whether there is any, whatever it is written in', () => {
    const white = fc.constantFrom('', ' ', '\n\t', '\u00a0', '&#32;', '&#160;', '<!-- a -->', '<?a b?>', '<b>c</b>');
    const word = fc.constantFrom('', 'https://a.example/', '//a', '[A]', '%', 'é', '&amp;', '&#97;');
    const inSection = (text: string): string => `<![CDATA[${text}]]>`;
    const plain = fc.tuple(white, word, white).map((parts) => parts.join(''));
    const section = fc.tuple(
      fc.constantFrom('', ' ', '\r\n', '\u3000'),
      word.filter((each) => !each.startsWith('&')),
    );
    const content = fc.oneof(
      plain,
      section.map((parts) => inSection(parts.join(''))),
      plain.map((text) => `<URL>${text}</URL>`),
    );
    fc.assert(
      fc.property(fc.array(content, { maxLength: 3 }), fc.boolean(), (contents, isFollowed) => {
        const inner = contents.join('');
        const impression = inner === '' ? '<Impression/>' : `<Impression>${inner}</Impression>`;
        const { text, ads } = read(vast(`<Ad><InLine>${impression}${isFollowed ? 'a' : ''}</InLine></Ad>`));
        const [element] = ads[0]!.body.children;
        expect(hasUrl(element!, text)).to.equal(urlsOf(element!).length > 0);
      }),
      { numRuns: 500 },
    );
  });
});
