import { expect } from 'chai';
import { HANDED_OVER, readReply, readText } from '../../src/unwrap/read-reply.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

const arrival = { url: 'https://a.example/v', httpStatus: 200 };
const reasonOf = (body: string | Buffer, type: string | null = null): string => {
  const outcome = readReply(Buffer.from(body), type, arrival);
  return outcome.kind === 'failed' ? outcome.failure.reason : outcome.kind;
};

describe('readReply', () => {
  it('reads a document and remembers where it came from', () => {
    const outcome = readReply(Buffer.from(vast(inLineAd())), 'text/xml', arrival);
    expect(outcome).to.include({ kind: 'document', ...arrival });
  });

  it('takes nothing, and blank, for no ad', () => {
    expect(reasonOf('')).to.equal('empty');
    expect(reasonOf(' \r\n\t')).to.equal('empty');
  });

  it('passes over blank lines before the XML declaration', () => {
    const outcome = readText(`\r\n  <?xml version="1.0"?>${vast(inLineAd())}`, HANDED_OVER);
    expect(outcome.kind === 'document' && outcome.document.text.startsWith('<?xml')).to.equal(true);
  });

  it('tells what is wrong by a word, and where', () => {
    expect(reasonOf('<VAST version="3.0"><Ad>')).to.equal('not-xml');
    expect(reasonOf('{"error":"no"}')).to.equal('not-xml');
    expect(reasonOf(Buffer.from([0x3c, 0xff, 0xfe]))).to.equal('not-xml');
    expect(reasonOf('<html></html>')).to.equal('not-vast');
    expect(reasonOf('<VideoAdServingTemplate/>')).to.equal('version');
    const outcome = readText('<VAST>\n<Ad></VAST>', HANDED_OVER);
    expect(outcome.kind === 'failed' && outcome.failure.message).to.match(/line 2/);
  });

  it('keeps what was odd about the bytes, and has no half letters', () => {
    const body = Buffer.from(vast(inLineAd()));
    const notes = [{ of: 'content-coding', message: 'm' }] as const;
    expect(readReply(body, 'text/xml', { ...arrival, notes })).to.include({ notes });
    const outcome = readReply(body, 'text/xml; charset=utf8mb4', { ...arrival, notes });
    expect('notes' in outcome && outcome.notes?.map(({ of }) => of)).to.deep.equal(['content-coding', 'charset']);
    const half = readText(vast(inLineAd({ id: 'a\ud800' })), HANDED_OVER);
    expect(half.kind === 'document' && half.document.ads[0]!.id).to.equal('a\ufffd');
  });

  it('keeps the text of what could not be read, for people', () => {
    expect(readText('<html></html>', HANDED_OVER)).to.include({ text: '<html></html>' });
  });
});
