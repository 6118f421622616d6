import { expect } from 'chai';
import { readDataUri } from '../../src/unwrap/data-uri.ts';

const textOf = (uri: string): string | undefined => readDataUri(uri)?.body.toString();

describe('readDataUri', () => {
  it('reads percent-encoded and base64 data', () => {
    expect(textOf('data:text/xml,%3CVAST%2F%3E')).to.equal('<VAST/>');
    expect(textOf('data:text/xml;charset=utf-8;base64,PFZBU1QvPg==')).to.equal('<VAST/>');
    expect(textOf('data:;base64,PFZB\nU1Qv%50g')).to.equal('<VAST/>');
    expect(textOf('DATA:,<VAST a="b,c"/>\n')).to.equal('<VAST a="b,c"/>\n');
    expect(readDataUri('data:text/xml;charset=utf-8;base64,AA')?.contentType).to.equal('text/xml;charset=utf-8');
  });

  it('keeps bytes that are no UTF-8 and percent signs that escape nothing', () => {
    expect([...readDataUri('data:,%ff%FE')!.body]).to.deep.equal([0xff, 0xfe]);
    expect(textOf('data:,100%&ä')).to.equal('100%&ä');
  });

  it('reads nothing else', () => {
    expect(readDataUri('https://a.example/,')).to.equal(null);
    expect(readDataUri('data:text/xml')).to.equal(null);
    expect(readDataUri('data:text/xml;base64,<VAST/>')).to.equal(null);
  });
});
