import { expect } from 'chai';
import { errorUrlList, hopDocuments, mergedDocument } from '../../../src/admin/pages/documents.ts';
import { mergedResult } from '../../support/debug-run.ts';
import { hopReport, unwrapResult } from '../../support/unwrap-result.ts';

describe('documents', () => {
  it('shows the source and the headers of each hop, secrets redacted', () => {
    const [exchange] = hopReport().exchanges;
    const headers = { 'content-type': 'text/xml', location: 'https://b.example/?ip=203.0.113.9' };
    const { markup } = hopDocuments([hopReport({ text: '<VAST/>', exchanges: [{ ...exchange!, headers }] })]);
    expect(markup).to.include('&lt;VAST/&gt;').and.include('text/xml').and.include('https://b.example/?ip=REDACTED');
  });

  it('opens the hop that failed, with what was wrong', () => {
    const hop = hopReport({ kind: 'failed', error: 'not-xml', message: 'line 3: no end tag', text: '<VAST>' });
    expect(hopDocuments([hop]).markup)
      .to.match(/<details[^>]* open>/)
      .and.include('line 3: no end tag');
  });

  it('marks in the result what came from each hop', () => {
    const { markup } = mergedDocument(mergedResult());
    expect(markup).to.match(/<mark[^>]* data-hop="0"\s*>[^]*?https:\/\/w\.example\/i[^]*?<\/mark/);
    expect(markup).to.include('Tést &amp;amp; Ωmega');
  });

  it('says where there is no document', () => {
    expect(mergedDocument(unwrapResult({ adm: null })).markup).to.include('no document to play');
  });

  it('lists error URLs', () => {
    expect(errorUrlList(['https://e.example/?c=301']).markup).to.include('href="https://e.example/?c=301"');
    expect(errorUrlList([]).markup).to.include('No error URL');
  });
});
