import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import type { UnwrapReport } from '../../src/http/answer-schema.ts';
import { type AdServer, type Route, startAdServer } from '../support/ad-server.ts';
import { startService, type TestService } from '../support/service.ts';
import { vast, inLineAd } from '../support/vast-text.ts';

// Inputs that were reported to break tools of this kind, kept beside the checkout with what was expected of each.

const CASES = resolve(import.meta.dirname, '../../../shared/cases');
const bytesOf = (name: string): Buffer => readFileSync(join(CASES, name));
const textOf = (name: string): string => bytesOf(name).toString();
const jsonOf = (name: string): Readonly<Record<string, unknown>> =>
  JSON.parse(textOf(name)) as Readonly<Record<string, unknown>>;

describe('cases from the field', function () {
  this.timeout(20_000);

  let ads: AdServer;
  let service: TestService;

  before(async function () {
    if (!existsSync(CASES)) {
      if (process.env['CI'] === 'true') throw new Error(`the cases are missing: expected in ${CASES}`);
      this.skip();
    }
    ads = await startAdServer();
    service = await startService({ TMAX_MAX_MS: '10000' });
  });
  after(async () => {
    await service?.close();
    await ads?.[Symbol.asyncDispose]();
  });

  const unwrap = async (request: object): Promise<UnwrapReport> =>
    JSON.parse((await service.unwrap({ tmax: 10_000, ...request })).text) as UnwrapReport;
  let served = 0;
  /** At an address of its own, so that it comes out of no cache. */
  const serve = async (route: Route): Promise<UnwrapReport> => {
    const path = `/case-${(served += 1)}`;
    ads.route(path, route);
    return unwrap({ url: ads.base + path });
  };
  const warnings = ({ findings }: UnwrapReport): string =>
    findings
      .filter(({ severity }) => severity === 'warning')
      .map(({ rule }) => rule)
      .join(' ');
  const errors = ({ findings }: UnwrapReport): string =>
    findings
      .filter(({ severity }) => severity === 'error')
      .map(({ message }) => message)
      .join('; ');

  it('01: dead tags do not take a host from its good ones', async () => {
    for (let n = 0; n < 10; n += 1) await unwrap({ url: `${ads.base}/gone?n=${n}` });
    expect((await serve({ body: bytesOf('01-breaker-4xx/good.xml') })).status).to.equal('resolved');
  });

  it('02: a Content-Encoding that names no coding', async () => {
    const headers = jsonOf('02-content-encoding-unknown/headers.json') as Record<string, string>;
    for (const word of [headers['content-encoding']!, 'none', 'binary', 'text', 'utf8', 'NULL', '8bit']) {
      const body = bytesOf('02-content-encoding-unknown/body.xml');
      const report = await serve({ body, headers: { ...headers, 'content-encoding': word } });
      expect(report.status, word).to.equal('resolved');
      expect(errors(report)).to.equal('');
    }
  });

  const CHARSETS =
    'charset-header cut-utf8 empty-encoding iso-8859-15 one-bad-byte shift_jis utf16-label windows-1251'.split(' ');
  for (const name of CHARSETS) {
    it(`03: bytes of ${name}`, async () => {
      const headers = jsonOf('03-charset/headers.json')[`${name}.xml`] as Record<string, string> | undefined;
      const body = bytesOf(`03-charset/${name}.xml`);
      const report = await serve({ body, headers: { 'content-type': 'text/xml', ...headers } });
      expect(report.status).to.equal('resolved');
      expect(warnings(report)).to.match(/document\/(charset|encoding|replaced-bytes)/);
    });
  }

  it('04: nothing to play is no ad', async () => {
    const imp = jsonOf('04-no-media/imp.json');
    for (const name of ['a', 'b', 'c', 'd', 'f']) {
      for (const held of [{ imp }, {}]) {
        const report = await unwrap({ adm: textOf(`04-no-media/${name}.xml`), ...held });
        expect(report.status, name).to.be.oneOf(['no_ad', 'rejected']);
        expect(report.vastError, name).to.be.a('number');
        expect(errors(report), name).not.to.equal('');
      }
    }
    expect((await unwrap({ adm: textOf('04-no-media/f.xml') })).errorUrls).not.to.deep.equal([]);
    for (const held of [{ imp }, {}]) {
      const report = await unwrap({ adm: textOf('04-no-media/e.xml'), ...held });
      expect(report.status).to.equal('resolved');
      expect(report.ads[0]!.mediaFiles).not.to.deep.equal([]);
    }
  });

  it('05, 06, 10 to 13: what fits the imp', async () => {
    for (const [adm, imp] of [
      ['05-mime-alias/hls.xml', '05-mime-alias/hls.imp.json'],
      ['05-mime-alias/js.xml', '05-mime-alias/js.imp.json'],
      ['05-mime-alias/js-x.xml', '05-mime-alias/js.imp.json'],
      ['06-zero-duration-vpaid/vpaid.xml', '06-zero-duration-vpaid/imp.json'],
      ['10-fallback-after-rejection/long.xml', '10-fallback-after-rejection/imp.json'],
      ['10-fallback-after-rejection/webm.xml', '10-fallback-after-rejection/imp.json'],
      ['11-secure-tracker/error-http.xml', '11-secure-tracker/imp.json'],
      ['12-orientation/land.xml', '12-orientation/imp.json'],
      ['13-protocols/v42.xml', '13-protocols/imp.json'],
    ] as const) {
      const report = await unwrap({ adm: textOf(adm), imp: jsonOf(imp) });
      expect(report.status, `${adm}: ${errors(report)}`).to.equal('resolved');
    }
  });

  it('07: two callers of a tag with a cache buster are given two replies', async () => {
    let asked = 0;
    const reply = textOf('07-cachebuster-spelling/reply.xml');
    ads.route('/tag', () => ({ body: reply.replaceAll('NEW-EACH-TIME', `new${(asked += 1)}`) }));
    const adm = textOf('07-cachebuster-spelling/wrapper.xml').replace('http://127.0.0.1:8099', ads.base);
    const documents = [await unwrap({ adm }), await unwrap({ adm })].map((report) => report.adm);
    expect(documents[0]).to.contain('uid=new1');
    expect(documents[1]).to.contain('uid=new2');
  });

  it('08: a duration that is a number counts', async () => {
    const report = await unwrap({
      adm: textOf('08-numeric-duration/120.xml'),
      imp: jsonOf('08-numeric-duration/imp.json'),
    });
    expect(report).to.include({ status: 'rejected', vastError: 202 });
  });

  it('09: the old name of the tag is followed', async () => {
    ads.route('/0.xml', { body: vast(inLineAd()) });
    const adm = textOf('09-vastadtagurl/wrapper.xml').replace('http://127.0.0.1:8099', ads.base);
    const report = await unwrap({ adm });
    expect(report.status).to.equal('resolved');
    expect(warnings(report)).not.to.equal('');
  });

  it('14: a prefix that nothing declares is told', async () => {
    for (const name of ['ext', 'root']) {
      const body = textOf(`14-undeclared-prefix/${name}.xml`);
      expect(warnings(await unwrap({ adm: body })), name).to.contain('prefix');
      const reply = await service.send('/v1/validate', { headers: { 'Content-Type': 'text/xml' }, body });
      expect(reply.text, name).to.contain('prefix');
    }
  });

  it('15: what is encoded as a whole is named', async () => {
    for (const [name, how] of [
      ['base64', 'base64'],
      ['html', 'HTML'],
      ['json-string', 'JSON'],
      ['pct', 'percent'],
    ] as const) {
      const body = textOf(`15-adm-encoded/${name}.txt`);
      expect(errors(await unwrap({ adm: body })), name)
        .to.contain(`${how}`)
        .and.match(/encoded|written as/);
    }
  });
});
