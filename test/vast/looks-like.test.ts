import { expect } from 'chai';
import fc from 'fast-check';
import { looksLike } from '../../src/vast/looks-like.ts';

const VAST = '<VAST version="3.0"><Ad id="1"></Ad></VAST>';
const XML = `<?xml version="1.0" encoding="UTF-8"?>\n${VAST}`;
const percent = (text: string): string => encodeURIComponent(text);
const entities = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const base64 = (text: string): string => Buffer.from(text).toString('base64');

const ENCODED: Readonly<Record<string, readonly string[]>> = {
  'percent-encoded': [
    percent(VAST),
    percent(XML),
    percent(VAST).toLowerCase(),
    percent(percent(VAST)),
    `\n${percent(XML)}`,
  ],
  'HTML-encoded': [entities(VAST), entities(XML), entities(entities(VAST)), entities(VAST).replaceAll('&lt;', '&#60;'), entities(VAST).replaceAll('&lt;', '&#x3C;')], // prettier-ignore
  'written as a JSON string': [JSON.stringify(VAST), JSON.stringify(XML), JSON.stringify(`\n${VAST}`), JSON.stringify(VAST).slice(1, -1), JSON.stringify(VAST).replaceAll('<', '\\u003c')], // prettier-ignore
  'within JSON': [JSON.stringify({ adm: VAST }), JSON.stringify([{ vast: XML }], null, 2)],
  'base64-encoded': [base64(VAST), base64(XML), base64(`\ufeff${VAST}`), `data:text/xml;base64,${base64(VAST)}`],
  'wrapped in CDATA': [`<![CDATA[${VAST}]]>`],
  'compressed and base64-encoded': ['H4sIAAAAAAAAA7MJcwwOUShLLSrOzM+zVTLSM1CyBwA='],
};

describe('looksLike', () => {
  for (const [how, texts] of Object.entries(ENCODED)) {
    for (const text of texts) {
      it(`says ${how} of ${text.slice(0, 40)}`, () => {
        expect(looksLike(text)).to.include({ kind: 'encoded', is: `a document that is ${how} as a whole` });
        expect(looksLike(text)!.fix).to.not.equal(null);
      });
    }
  }

  for (const [text, is] of [
    ['\ufeff\n<!DOCTYPE html><html>', 'an HTML page'],
    ['<html><head><title>502 Bad\n Gateway</title></head>', 'an HTML page, "502 Bad Gateway",'],
    ['<HTML><body><h1>Forbidden</h1>', 'an HTML page, "Forbidden",'],
    ['<?xml version="1.0"?><!-- x --><html xmlns="x"><title> </title>', 'an HTML page'],
    ['<div>', 'an HTML page'],
    [
      '<?xml version="1.0"?>\n<vmap:VMAP version="1.0"><vmap:AdBreak/><vmap:AdBreak>',
      'a VMAP document, which lists 2 ad breaks,',
    ],
    ['<VMAP><AdBreak/></VMAP>', 'a VMAP document, which lists one ad break,'],
    ['<?xml version="1.0"?><rss>', 'XML of another kind'],
    ['#EXTM3U\n#EXT-X-VERSION:3', 'an HLS playlist'],
    ['{"error":"no ad"}', 'JSON'],
    ['  ', 'nothing at all'],
    ['Not found', 'text without markup'],
    ['Internal_Server_Error_Please_Retry', 'text without markup'],
    [VAST, undefined],
    [`<?xml version="1.0"?><!-- x -->${VAST}`, undefined],
  ] as const) {
    it(`says ${is} of ${JSON.stringify(text).slice(0, 60)}`, () => expect(looksLike(text)?.is).to.equal(is));
  }

  it('takes any text', () => {
    fc.assert(fc.property(fc.string(), (text) => [null, 'object'].includes(looksLike(text) && 'object')));
  });

  it('counts the breaks of a VMAP document no further than anybody reads', () => {
    const vmap = (breaks: number): string => `<vmap:VMAP>${'<vmap:AdBreak/>'.repeat(breaks)}</vmap:VMAP>`;
    expect([1, 2000, 2001, 30_000].map((breaks) => looksLike(vmap(breaks))!.is.split('lists ')[1])).to.deep.equal([
      'one ad break,',
      '2000 ad breaks,',
      'over 2000 ad breaks,',
      'over 2000 ad breaks,',
    ]);
  });
});
