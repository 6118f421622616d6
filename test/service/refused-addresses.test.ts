import { expect } from 'chai';
import type { UnwrapReport } from '../../src/http/answer-schema.ts';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { spyOnConnects, type ConnectSpy } from '../support/connect-spy.ts';
import { REFUSED_URLS } from '../support/judged-urls.ts';
import { startService, type TestService } from '../support/service.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

// Every address that is refused, in every place where a stranger can write one: nobody connects to it.

/** Stands for the public internet: of all of loopback, the service may ask this address alone. */
const PUBLIC = '127.0.0.2';

/** URLs of one request. */
const FEW = 20;

describe('a refused address', () => {
  let ads: AdServer;
  let service: TestService;
  let spy: ConnectSpy;
  beforeEach(async () => {
    ads = await startAdServer({}, PUBLIC);
    service = await startService({ EGRESS_ALLOW: PUBLIC, SKIP_HOPELESS: 'false' });
    spy = spyOnConnects();
  });
  afterEach(async () => {
    spy.stop();
    await service.close();
    await ads[Symbol.asyncDispose]();
    const known = [ads.base, service.public, service.admin].map((base) => new URL(base).host);
    expect(spy.attempts.filter((address) => !known.includes(address))).to.deep.equal([]);
  });

  const unwrap = async (body: object): Promise<UnwrapReport> =>
    JSON.parse((await service.unwrap({ tmax: 2000, ...body })).text) as UnwrapReport;
  /** A data: URI in VASTAdTagURI is a document, and no address. */
  const isAddress = (url: string): boolean => !url.startsWith('data:');

  it('is asked for no document, whoever names it', async () => {
    for (const url of REFUSED_URLS.filter(isAddress)) {
      const report = await unwrap({ adm: vast(wrapperAd({ uri: url })) });
      expect(report.reason, url).to.be.oneOf(['egress-blocked', 'uri-invalid']);
      expect(report, url).to.include({ vastError: 300, adm: null });
    }
  });

  it('is asked for nothing that a redirect leads to', async () => {
    // `http:x` is relative to an http URL
    for (const url of REFUSED_URLS.filter((each) => /^[!-~]+$/.test(each) && !/^http:\w/.test(each))) {
      ads.route('/to', { redirect: url });
      const report = await unwrap({ url: `${ads.base}/to` });
      expect(report.status, url).to.be.oneOf(['blocked', 'unreachable']);
      expect(report.reason, url).to.be.oneOf(['egress-blocked', 'http-protocol', 'too-large']);
    }
    expect(ads.paths()).to.include('/to').and.have.length.above(50);
  });

  it('is fetched as no media file, and fired as no error URL', async () => {
    const files = REFUSED_URLS.map(
      (url) =>
        `<MediaFile delivery="progressive" type="video/mp4" width="640" height="360"><![CDATA[${url}]]></MediaFile>`,
    );
    for (const file of files) {
      const document = vast(inLineAd().replace(/<MediaFile .*<\/MediaFile>/, file));
      await unwrap({ adm: document, options: { probe: 'wait' } });
    }
    // fewer than one request may have told, so that none is left out for its number
    for (let at = 0; at < REFUSED_URLS.length; at += FEW) {
      const refused = REFUSED_URLS.slice(at, at + FEW);
      const errors = [...refused, `${ads.base}/told-${at}`].map((url) => `<Error><![CDATA[${url}]]></Error>`);
      const told = await unwrap({ adm: vast(errors.join('')), options: { fireErrors: true } });
      expect(told.errorUrls).to.have.length(refused.length + 1);
      await ads.requested(`/told-${at}`);
    }
  });
});
