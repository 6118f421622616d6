import { expect } from 'chai';
import fc from 'fast-check';
import { readPasted } from '../../src/debug/pasted.ts';

const URL = 'https://ads.example/vast?a=1&b=[CACHEBUSTING]';
const XML = '<VAST version="4.2">\n<Ad id="ü&amp;日本"/></VAST>';
const forHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const json = JSON.stringify;

describe('readPasted', () => {
  for (const [what, pasted, input] of [
    ['a URL', ` ${URL}\n`, { url: URL }],
    ['a document', `\ufeff${XML} `, { adm: XML }],
    ['a document with a URL in it', `<VAST>${URL}</VAST>`, { adm: `<VAST>${URL}</VAST>` }],
  ] as const) {
    it(`takes ${what} as it is`, () => {
      expect(readPasted(pasted)).to.deep.equal({ input, bid: null, request: null, undone: [] });
    });
  }

  for (const [what, pasted, input, undone] of [
    ['a document escaped for HTML', forHtml(XML), { adm: XML }, [/HTML/]],
    ['the same twice', forHtml(forHtml(XML)), { adm: XML }, [/HTML/, /HTML/]],
    ['numeric references', '&#60;VAST/&#x3E;', { adm: '<VAST/>' }, [/HTML/]],
    ['a document as a JSON string', json(XML), { adm: XML }, [/JSON string/]],
    ['the same without its quotes', json(XML).slice(1, -1), { adm: XML }, [/JSON/]],
    ['escaped angle brackets', '\\u003cVAST version=\\"4.0\\"/\\u003e', { adm: '<VAST version="4.0"/>' }, [/JSON/]],
    ['a URL with escaped slashes', 'https:\\/\\/ads.example\\/v', { url: 'https://ads.example/v' }, [/JSON/]],
    ['a percent-encoded URL', encodeURIComponent(URL), { url: URL }, [/percent/]],
    ['a percent-encoded document', encodeURIComponent(XML), { adm: XML }, [/percent/]],
    ['a URL that was encoded twice', encodeURIComponent(encodeURIComponent(URL)), { url: URL }, [/percent/, /percent/]],
    [
      'a URL whose query is encoded',
      'https://a.example/v%3Fa%3D1%26b%3D2',
      { url: 'https://a.example/v?a=1&b=2' },
      [/query/],
    ],
    [
      'a URL that a mail broke',
      'https://a.example/v?a=1\n  &b=2',
      { url: 'https://a.example/v?a=1&b=2' },
      [/White space/],
    ],
    [
      'a URL with spaces in its braces',
      'https://a.example/v?ip={{ ip }}',
      { url: 'https://a.example/v?ip={{ip}}' },
      [/White/],
    ],
    ['the one URL among words', `curl -s '${URL}' -o x`, { url: URL }, [/taken out of the text/]],
    ['the document among words', `It answers: ${XML} (see above)`, { adm: XML }, [/taken out of the text/]],
    ['a URL from an HTML attribute', URL.replace('&', '&amp;'), { url: URL }, [/amp/]],
    ['a URL in quotes', `'${URL}',`, { url: URL }, [/quotes/]],
    ['a URL without a scheme', 'ads.example/vast?a=1', { url: 'https://ads.example/vast?a=1' }, [/scheme/]],
    ['a URL that leaves its scheme open', '//ads.example/v', { url: 'https://ads.example/v' }, [/scheme/]],
    ['a JSON object with a URL', json({ url: URL }), { url: URL }, [/url/]],
  ] as const) {
    it(`undoes ${what}, and says so`, () => {
      const read = readPasted(pasted);
      expect(read.input).to.deep.equal(input);
      expect(read.undone).to.have.lengthOf(undone.length);
      read.undone.forEach((each, at) => expect(each).to.match(undone[at]!));
    });
  }

  it('says where a value of the URL is encoded twice, and leaves it', () => {
    const twice = 'https://a.example/v?iu=%252F1%252Fa';
    expect(readPasted(twice)).to.deep.include({ input: { url: twice } });
    expect(readPasted(twice).undone.join()).to.include('encoded twice');
    const nested = `https://a.example/v?u=${encodeURIComponent('https://b.example/?p=%2Fx')}`;
    expect(readPasted(nested).undone).to.deep.equal([]);
  });

  for (const [what, wrap] of [
    ['a bid', (bid: object) => bid],
    ['a BidResponse', (bid: object) => ({ id: '1', seatbid: [{ seat: 's', bid: [{ id: 'no markup' }, bid] }] })],
    ['request and response', (bid: object) => ({ request: {}, response: { seatbid: [{ bid: [bid] }] } })],
  ] as const) {
    it(`takes the markup out of ${what}, and keeps the bid`, () => {
      const bid = { id: 'b1', impid: '1', dur: 15, adm: XML };
      const read = readPasted(json(wrap(bid), null, 2));
      expect(read.input).to.deep.equal({ adm: XML });
      expect(read.bid).to.deep.equal(bid);
    });
  }

  it('keeps the BidRequest beside the bid, and takes the bid that is named', () => {
    const bids = [
      { id: 'b1', impid: '1', adm: '<VAST>1</VAST>' },
      { id: 'b2', impid: '2', adm: XML },
    ];
    const read = readPasted(json({ request: { id: 'r' }, response: { seatbid: [{ bid: bids }] } }), 'b2');
    expect(read).to.deep.include({ input: { adm: XML }, bid: bids[1], request: { id: 'r' } });
  });

  it('is not drawn into depths', () => {
    const deep = '['.repeat(50_000) + ']'.repeat(50_000);
    expect(readPasted(deep)).to.deep.equal({ input: { adm: deep }, bid: null, request: null, undone: [] });
  });

  it('takes anything, and ends', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.string().map(forHtml)), (text) => {
        expect(readPasted(text).input).to.have.keys([Object.keys(readPasted(text).input)[0]!]);
      }),
    );
  });
});
