import { expect } from 'chai';
import { errorUrlList, hopDocuments, mergedDocument } from '../../../src/admin/pages/documents.ts';
import { showDocuments } from '../../../src/admin/pages/shown-documents.ts';
import { redactFor } from '../../../src/debug/redact.ts';
import type { HopReport } from '../../../src/unwrap/result.ts';
import { unwrapRequest } from '../../support/unwrap-request.ts';
import { mergedResult } from '../../support/debug-run.ts';
import { hopReport, unwrapResult } from '../../support/unwrap-result.ts';

const draw = (hop: HopReport) =>
  hopDocuments([hop], showDocuments({ hops: [hop] }), redactFor(unwrapRequest({ url: 'https://a.example/' })));

describe('documents', () => {
  it('shows the source and the headers of each hop, secrets redacted', () => {
    const [exchange] = hopReport().exchanges;
    const headers = { 'content-type': 'text/xml', location: 'https://b.example/?ip=203.0.113.9' };
    const { markup } = draw(hopReport({ text: '<VAST/>', exchanges: [{ ...exchange!, headers }] }));
    expect(markup).to.include('&lt;VAST/&gt;').and.include('text/xml').and.include('https://b.example/?ip=REDACTED');
  });

  it('shows a document of one line indented, and as it came one click away', () => {
    const text = `<VAST version="4.2">${'<Ad id="1"><InLine><AdTitle>x</AdTitle></InLine></Ad>'.repeat(10)}</VAST>`;
    const { markup } = draw(hopReport({ text }));
    expect(markup).to.include('It came on 1 line').and.include('id="hop-0-line-5"').and.include('As it came');
    expect(markup.match(/id="hop-0-original-line-\d+"/g)).to.deep.equal(['id="hop-0-original-line-1"']);
    expect(draw(hopReport({ text: '<VAST>\n</VAST>' })).markup).not.to.include('As it came');
  });

  it('opens the hop that failed, with what was wrong', () => {
    const hop = hopReport({ kind: 'failed', error: 'not-xml', message: 'line 3: no end tag', text: '<VAST>' });
    expect(draw(hop).markup)
      .to.match(/<details[^>]* open>/)
      .and.include('line 3: no end tag');
  });

  it('marks in the result what came from each hop', () => {
    const { markup } = mergedDocument(mergedResult());
    expect(markup).to.match(/<mark[^>]* data-hop="0"\s*>[^]*?https:\/\/w\.example\/i[^]*?<\/mark/);
    expect(markup).to.include('Tést &amp;amp; Ωmega');
  });

  it('marks the same where the result is one line', () => {
    const flat = (text: string): string => text.replaceAll('\n', '') + ' '.repeat(0);
    const long = `<Extension><E>${'e'.repeat(400)}</E></Extension>`;
    const wrapper = `<VAST version="4.2"><Ad id="w"><Wrapper><AdSystem>W</AdSystem><Impression>https://w.example/i</Impression><VASTAdTagURI>https://inline.example/</VASTAdTagURI></Wrapper></Ad></VAST>`;
    const inline = `<VAST version="4.2"><Ad id="i"><InLine><AdSystem>I</AdSystem><AdTitle>T</AdTitle><Impression>https://i.example/i</Impression><Extensions>${long}</Extensions></InLine></Ad></VAST>`;
    const { markup } = mergedDocument(mergedResult(flat(wrapper), flat(inline)));
    const marked = [...markup.matchAll(/<mark title[^>]*>([^<]*)<\/mark/g)].map(([, text]) => text!.trim());
    expect(marked.join('')).to.equal('&lt;Impression&gt;https://w.example/i&lt;/Impression&gt;');
    expect(markup).to.include('id="merged-line-6"').and.include('id="merged-original-line-1"');
  });

  it('says where there is no document', () => {
    expect(mergedDocument(unwrapResult({ adm: null })).markup).to.include('no document to play');
  });

  it('lists error URLs', () => {
    expect(errorUrlList(['https://e.example/?c=301']).markup).to.include('href="https://e.example/?c=301"');
    expect(errorUrlList([]).markup).to.include('No error URL');
  });
});
