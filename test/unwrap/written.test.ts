import { expect } from 'chai';
import { rereadConclusion, writeConclusion } from '../../src/unwrap/written.ts';
import { unwrapResult } from '../support/unwrap-result.ts';

const finding = {
  rule: 'document/root',
  severity: 'error',
  vastError: 101,
  lossReason: null,
  hop: 0,
  path: '/VAST',
  line: 1,
  message: 'a "message" – with\nmarks',
  spec: null,
} as const;

describe('writeConclusion', () => {
  const result = unwrapResult({ adm: '<VAST a="ü→"/>', findings: [finding], errorUrls: ['https://a.example/e?c=303'] });

  it('writes the members of an answer, each with a comma behind it', () => {
    const { head, tail } = writeConclusion(result, []);
    const { status, vastError, reason, adm, wrappers, ads, findings, errorUrls, bid } = result;
    expect(JSON.parse(`{${head.toString()}"x":0}`)).to.deep.equal({ status, vastError, reason, adm, wrappers, x: 0 });
    expect(JSON.parse(`{${tail.toString()}"x":0}`)).to.deep.equal({ ads, findings, errorUrls, bid, x: 0 });
  });

  it('writes the document as it is sent, and none where there is none', () => {
    expect(writeConclusion(result, []).adm!.toString()).to.equal(result.adm);
    expect(writeConclusion({ ...result, adm: null }, []).adm).to.equal(null);
  });

  it('writes what is known of media files where there are any', () => {
    const verdict = { url: 'https://m.example/a.mp4', outcome: 'unreachable' } as never;
    const { tail } = writeConclusion(result, [verdict]);
    expect(JSON.parse(`{${tail.toString()}"x":0}`)).to.have.deep.property('media', [verdict]);
  });

  it('holds memory of its own', () => {
    const { adm, head, tail } = writeConclusion(result, []);
    for (const bytes of [adm!, head, tail]) expect(bytes.buffer.byteLength).to.equal(bytes.length);
  });
});

describe('rereadConclusion', () => {
  it('gives what was written', () => {
    const { ads, findings, errorUrls, bid } = unwrapResult({ findings: [finding] });
    const reread = rereadConclusion(writeConclusion(unwrapResult({ findings: [finding] }), []));
    expect(reread).to.deep.equal({ ads, findings, errorUrls, bid, unwritten: [] });
  });

  it('knows the error URLs that the document does not hold from those that are to be fired', () => {
    const urls = { errorUrls: ['https://a.example/e?c=405'], unwritten: ['https://w.example/e?c=[ERRORCODE]'] };
    expect(rereadConclusion(writeConclusion(unwrapResult(urls), []))).to.deep.include(urls);
  });
});
