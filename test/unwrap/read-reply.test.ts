import { expect } from 'chai';
import { readReply, readText } from '../../src/unwrap/read-reply.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

const url = 'https://a.example/v';
const reasonOf = (body: string | Buffer, type: string | null = null): string => {
  const outcome = readReply(Buffer.from(body), type, url, 200);
  return outcome.kind === 'failed' ? outcome.failure.reason : outcome.kind;
};

describe('readReply', () => {
  it('reads a document and remembers where it came from', () => {
    const outcome = readReply(Buffer.from(vast(inLineAd())), 'text/xml', url, 200);
    expect(outcome).to.include({ kind: 'document', url, httpStatus: 200 });
  });

  it('takes nothing, and blank, for no ad', () => {
    expect(reasonOf('')).to.equal('empty');
    expect(reasonOf(' \r\n\t')).to.equal('empty');
  });

  it('passes over blank lines before the XML declaration', () => {
    const outcome = readText(`\r\n  <?xml version="1.0"?>${vast(inLineAd())}`, null, null);
    expect(outcome.kind === 'document' && outcome.document.text.startsWith('<?xml')).to.equal(true);
  });

  it('tells what is wrong by a word, and where', () => {
    expect(reasonOf('<VAST version="3.0"><Ad>')).to.equal('not-xml');
    expect(reasonOf('{"error":"no"}')).to.equal('not-xml');
    expect(reasonOf(Buffer.from([0x3c, 0xff, 0xfe]))).to.equal('not-xml');
    expect(reasonOf('<html></html>')).to.equal('not-vast');
    expect(reasonOf('<VideoAdServingTemplate/>')).to.equal('version');
    const outcome = readText('<VAST>\n<Ad></VAST>', null, null);
    expect(outcome.kind === 'failed' && outcome.failure.message).to.match(/line 2/);
  });

  it('keeps the text of what could not be read, for people', () => {
    expect(readText('<html></html>', null, null)).to.include({ text: '<html></html>' });
  });
});
