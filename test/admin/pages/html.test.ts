import { expect } from 'chai';
import fc from 'fast-check';
import { factRows, escapeText, html, type Html, outsideLink } from '../../../src/admin/pages/html.ts';

describe('html', () => {
  it('escapes text and leaves markup', () => {
    expect(html`<p title="${`"'`}">${'<b>&'}${html`<i>${1}</i>`}</p>`.markup).to.equal(
      '<p title="&quot;&#39;">&lt;b&gt;&amp;<i>1</i></p>',
    );
  });

  it('joins lists, and writes nothing for nothing', () => {
    expect(html`${['a', html`<i></i>`, ['b']]}${null}${undefined}${false}${0}`.markup).to.equal('a<i></i>b0');
  });

  it('takes nothing for markup but what it made itself', () => {
    const planted = JSON.parse('{"markup":"<script>alert(1)</script>"}') as Html;
    expect(html`<p>${planted}${[planted]}</p>`.markup).to.equal('<p></p>');
  });

  it('lets no text make markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeText(text)).not.to.match(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
      }),
    );
  });

  it('shows what changes the direction of text, and what nobody sees, by its number', () => {
    expect(escapeText('a\u202eb\u200bc\0d\tü広\n')).to.equal('a⟨U+202E⟩b⟨U+200B⟩c⟨U+0000⟩d\tü広\n');
    const marks = '\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069';
    expect(escapeText(marks).replaceAll(/⟨U\+[0-9A-F]{4}⟩/g, '.')).to.equal('.'.repeat(marks.length));
  });

  it('links to http and https alone', () => {
    expect(outsideLink('https://a.example/?a=1&b="').markup).to.equal(
      '<a class="url" href="https://a.example/?a=1&amp;b=&quot;" target="_blank" rel="noopener noreferrer">https://a.example/?a=1&amp;b=&quot;</a>',
    );
    for (const url of ['javascript:alert(1)', ' javascript:alert(1)', 'data:text/html,x', '//a.example/', 'nothing']) {
      expect(outsideLink(url).markup, url).not.to.include('href');
    }
  });

  it('lists facts as rows, escaped as any content', () => {
    const { markup } = factRows([
      ['Pricing', 1.5],
      ['Title', '<b>'],
    ]);
    expect(markup.replaceAll(/\s+/g, '')).to.equal(
      '<div><dt>Pricing</dt><dd>1.5</dd></div><div><dt>Title</dt><dd>&lt;b&gt;</dd></div>',
    );
  });
});
