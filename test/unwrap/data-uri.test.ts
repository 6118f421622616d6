import { expect } from 'chai';
import { readDataUri } from '../../src/unwrap/data-uri.ts';

const textOf = (uri: string): string | undefined => readDataUri(uri)?.body.toString();

describe('readDataUri', () => {
  it('leaves what only begins like an escape, and decodes bytes that are no UTF-8', () => {
    const decoded = (data: string): string | undefined => readDataUri(`data:,${data}`)?.body.toString('latin1');
    expect(decoded('%41%zz%4%')).to.equal('A%zz%4%');
    expect(decoded('%e9%C3%a9%%41')).to.equal('\xe9\xc3\xa9%A');
    expect(decoded('é%c3%A9')).to.equal('\xc3\xa9\xc3\xa9');
    expect(decoded('%4G%G4%@0%`0')).to.equal('%4G%G4%@0%`0');
  });

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
