import { expect } from 'chai';
import type { UnwrapReport } from '../../src/http/answer-schema.ts';
import { type AdServer, type Scripted, startAdServer } from '../support/ad-server.ts';
import { startService, type TestService } from '../support/service.ts';

// The scripts and pages of interactive ads, with what goes wrong with them, looked at while the caller waits.

const ad = (files: string): string => `<VAST version="4.2"><Ad id="a"><InLine>
  <AdSystem>S</AdSystem><AdTitle>T</AdTitle><AdServingId>1</AdServingId>
  <Impression>https://t.example/i</Impression><Error>https://t.example/e?[ERRORCODE]</Error>
  <AdVerifications><Verification vendor="v.example-omid"><JavaScriptResource apiFramework="omid">{{base}}/omid.js</JavaScriptResource></Verification></AdVerifications>
  <Creatives><Creative><UniversalAdId idRegistry="Ad-ID">X</UniversalAdId><Linear><Duration>00:00:15</Duration>
  <MediaFiles>${files}</MediaFiles></Linear></Creative></Creatives></InLine></Ad></VAST>`;

const SIMID = `<InteractiveCreativeFile type="text/html" apiFramework="SIMID">{{base}}/file</InteractiveCreativeFile>`;
const VPAID_4_0 = `<InteractiveCreativeFile type="application/javascript" apiFramework="VPAID">{{base}}/file</InteractiveCreativeFile>`;
const VPAID = `<MediaFile delivery="progressive" type="application/javascript" width="640" height="360" apiFramework="VPAID">{{base}}/file</MediaFile>`;

const reply = (contentType: string, body: string): Scripted => ({ body, headers: { 'content-type': contentType } });
const PAGE = reply('text/html; charset=utf-8', '<!-- v1 --><html><script src="simid.js"></script></html>');
const SCRIPT = reply('text/javascript', 'function getVPAIDAd() {}');
const GONE: Scripted = { status: 404 };
const HANGS: Scripted = { hang: 'before-headers' };

describe('interactive files', () => {
  let ads: AdServer;
  let service: TestService;

  beforeEach(async () => {
    ads = await startAdServer();
    service = await startService({ TMAX_MAX_MS: '60000' });
  });
  afterEach(async () => {
    await service.close();
    await ads[Symbol.asyncDispose]();
  });

  const unwrap = async (files: string, file: Scripted, tmax = 30_000): Promise<UnwrapReport> => {
    ads.route('/ad', ad(files));
    ads.route('/file', file);
    const answer = await service.unwrap({ url: `${ads.base}/ad`, tmax, options: { probe: 'wait' } });
    return JSON.parse(answer.text) as UnwrapReport;
  };
  const found = ({ findings }: UnwrapReport): readonly string[] =>
    findings.map(({ rule }) => rule).filter((rule) => /^(media|interactive\/file)/.test(rule));

  const interactive: readonly (readonly [string, string, Scripted, readonly string[]])[] = [
    ['a page for SIMID', SIMID, PAGE, []],
    ['a script for VPAID', VPAID_4_0, SCRIPT, []],
    ['no file', SIMID, GONE, ['interactive/file-unreachable']],
    ['no file for VPAID', VPAID_4_0, GONE, ['interactive/file-unreachable']],
    ['an answer that does not come', SIMID, HANGS, ['interactive/file-late']],
    ['a script instead of a page', SIMID, SCRIPT, ['interactive/file-type']],
    ['a page instead of a script', VPAID_4_0, PAGE, ['interactive/file-type']],
    ['nothing', SIMID, '', ['interactive/file-type']],
    ['a page that is sent as text', SIMID, reply('text/plain', '<html>'), ['interactive/file-content-type']],
    ['a script that is sent as text', VPAID_4_0, reply('text/plain', 'var a;'), ['interactive/file-content-type']],
  ];
  for (const [what, file, answer, expected] of interactive) {
    it(`${what}: the film is shown all the same`, async () => {
      const report = await unwrap(file, answer, answer === HANGS ? 1000 : 30_000);
      expect(report.status).to.equal('resolved');
      expect(found(report)).to.deep.equal(expected);
    });
  }

  const vpaid: readonly (readonly [string, Scripted, readonly [string, number]])[] = [
    ['no file', GONE, ['media/unreachable', 401]],
    ['an answer that does not come', HANGS, ['media/late', 402]],
    ['a page with status 200', PAGE, ['media/vpaid-script', 405]],
    ['a damaged film', reply('video/mp2t', `G${'\0'.repeat(187)}`.repeat(3)), ['media/unreadable', 405]],
  ];
  for (const [what, answer, [reason, vastError]] of vpaid) {
    it(`${what} for a MediaFile that is VPAID: there is nothing to show`, async () => {
      const report = await unwrap(VPAID, answer, answer === HANGS ? 1000 : 30_000);
      expect(report).to.include({ status: 'rejected', reason, vastError });
      expect(report.errorUrls).to.deep.equal([`https://t.example/e?${vastError}`]);
    });
  }

  it('a MediaFile that is VPAID may be any script, whatever its server calls it', async () => {
    expect(found(await unwrap(VPAID, SCRIPT))).to.deep.equal([]);
  });

  it('a script that is sent as text: it is told, and shown', async () => {
    const report = await unwrap(VPAID, reply('text/plain', 'var a;'));
    expect(report.status).to.equal('resolved');
    expect(found(report)).to.deep.equal(['media/content-type']);
  });

  it('asks for each file once, and for no script of a verification', async () => {
    await unwrap(SIMID, PAGE);
    expect(ads.paths()).to.deep.equal(['/ad', '/file']);
  });
});
