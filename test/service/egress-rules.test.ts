import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startAdServer } from '../support/ad-server.ts';
import { startService, type TestService } from '../support/service.ts';
import { startServiceProcess } from '../support/service-process.ts';
import { startTlsAdServer, type TlsAdServer } from '../support/tls-ad-server.ts';
import { eventually, temporaryFolder } from '../support/tools.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

type Answer = {
  readonly status: string;
  readonly reason: string | null;
  readonly hops: readonly Readonly<Record<string, unknown>>[];
  readonly findings: readonly { readonly rule: string; readonly severity: string }[];
  readonly errorUrls: readonly string[];
};

/** An address, so that no name has to be resolved within an auction on a busy machine. */
const PARTNER = '127.0.0.2';

for (const client of ['native', 'got']) {
  describe(`EGRESS_RULES, by ${client}`, () => {
    let directory: string;
    let partner: TlsAdServer;
    let service: TestService;
    const answerTo = async (body: object): Promise<Answer> =>
      JSON.parse((await service.unwrap({ tmax: 30_000, ...body })).text) as Answer;

    beforeEach(async () => {
      directory = await mkdtemp(join(tmpdir(), 'rules-'));
      partner = await startTlsAdServer(PARTNER, PARTNER, {
        '/v': vast(wrapperAd({ uri: 'https://127.0.0.1:1/' })),
        '/ad': vast(inLineAd()),
        '/aged': { body: vast(inLineAd()), headers: { 'cache-control': 'max-age=60' } },
        '/public': { body: vast(inLineAd()), headers: { 'cache-control': 'public, max-age=60' } },
      });
      const { cert, key } = partner.clients.issue('seat-7');
      for (const [name, pem] of Object.entries({ 'c.pem': cert, 'c.key': key, 'ca.pem': partner.ca })) {
        await writeFile(join(directory, name), pem);
      }
    });
    afterEach(async () => {
      delete process.env['SEAT_TOKEN'];
      await service.close();
      await partner[Symbol.asyncDispose]();
      await rm(directory, { recursive: true });
    });
    const start = async (...rules: readonly object[]): Promise<void> => {
      const path = join(directory, 'rules.json');
      await writeFile(path, JSON.stringify(rules));
      service = await startService({
        EGRESS_RULES: path,
        EGRESS_CLIENT: client,
        TMAX_MAX_MS: '30000',
        EGRESS_ALLOW: '127.0.0.1,127.0.0.2',
      });
    };
    const IDENTITY = { host: PARTNER, cert: 'c.pem', key: 'c.key', ca: 'ca.pem' };

    it('lets a chain through a host that demands a certificate, and says so', async () => {
      await start({ ...IDENTITY, headers: { 'X-Seat': '7' } });
      await using ads = await startAdServer({
        '/w': vast(wrapperAd({ uri: `https://${PARTNER}:${partner.port}/ad?ua=[DEVICEUA]` })),
      });
      const { status, reason, hops } = await answerTo({ url: `${ads.base}/w`, device: { ua: 'TV/1.2' } });
      expect([status, reason]).to.deep.equal(['resolved', null]);
      expect(hops.map(({ certificate }) => certificate)).to.deep.equal([undefined, true]);
      expect(partner.requests.map(({ path, shown, headers }) => [path, shown, headers['x-seat']])).to.deep.equal([
        ['/ad?ua=TV%2F1.2', 'seat-7', '7'],
      ]);
      expect(ads.requests[0]!.headers).not.to.have.property('x-seat');
    });

    it('tells a host no more of the viewer than its rule says, in URL and headers', async () => {
      await start({ ...IDENTITY, ip: 'truncate', ua: 'generic', ifa: false });
      const url = `https://${PARTNER}:${partner.port}/ad?ip=[DEVICEIP]&ua=[DEVICEUA]&ifa=[IFA]&ll=[LATLONG]`;
      const device = { ip: '203.0.113.77', ua: 'Player/7.7 (Model 77)', ifa: 'ifa-77', geo: { lat: 1.77, lon: 2 } };
      expect(await answerTo({ url, device })).to.include({ status: 'resolved' });
      const [{ path, headers }] = partner.requests as [TlsAdServer['requests'][0]];
      expect(path).to.equal('/ad?ip=203.0.113.0&ua=Player%2F7.0&ifa=-2&ll=-2');
      expect(headers).to.include({ 'x-device-ip': '203.0.113.0', 'x-device-user-agent': 'Player/7.0' });
      expect(JSON.stringify([path, headers])).not.to.match(/\.77|Model|ifa-77/);
    });

    for (const [what, signals] of Object.entries({
      COPPA: { regs: { coppa: 1 } },
      'limited ad tracking': { device: { lmt: 1 } },
      'GDPR without consent': { regs: { gdpr: 1 } },
    })) {
      it(`does not ask a host under ${what} where its rule says so: the wrapper is kept for the player`, async () => {
        await start({ ...IDENTITY, askWithoutConsent: false });
        const uri = `https://${PARTNER}:${partner.port}/ad`;
        const adm = vast(wrapperAd({ uri, error: 'https://e.example/' }));
        const { status, reason, hops, findings, errorUrls } = await answerTo({ adm, ...signals });
        expect([status, reason, errorUrls]).to.deep.equal(['unreachable', 'not-asked', []]);
        expect(hops[1]).to.include({ error: 'not-asked', httpStatus: null });
        expect(findings.find(({ rule }) => rule === 'chain/not-asked')).to.include({ severity: 'info' });
        const collapsed = await answerTo({ adm, ...signals, options: { onTimeout: 'collapse' } });
        expect(collapsed).to.include({ status: 'collapsed', reason: 'not-asked' });
        expect(partner.requests).to.deep.equal([]);
        expect(await answerTo({ adm, regs: { gdpr: 1 }, user: { consent: 'C' } })).to.include({ status: 'resolved' });
        const { hosts } = (await (await fetch(new URL('/v1/hosts', service.admin))).json()) as {
          hosts: readonly { readonly host: string; readonly errors: number; readonly calls: number }[];
        };
        const seen = hosts.find(({ host }) => host.startsWith(PARTNER));
        expect(seen).to.include({ calls: 1, errors: 0 });
      });
    }

    it('gives a viewer without consent nothing that others were led to', async () => {
      await start({ ...IDENTITY, askWithoutConsent: false });
      await using ads = await startAdServer({
        '/moved': {
          status: 301,
          headers: { location: `https://${PARTNER}:${partner.port}/ad`, 'cache-control': 'max-age=60' },
        },
      });
      const url = `${ads.base}/moved`;
      expect(await answerTo({ url })).to.include({ status: 'resolved' });
      expect((await answerTo({ url })).hops[0]).to.include({ cache: 'hit' });
      expect(await answerTo({ url, device: { lmt: 1 } })).to.include({ status: 'unreachable', reason: 'not-asked' });
    });

    for (const [what, header] of Object.entries({
      'a header that opens doors by its name': { authorization: 'Bearer x' },
      'a header that is filled from the environment': { 'X-Auth': '${SEAT_TOKEN}' },
    })) {
      it(`keeps what was got with ${what} only where it says that it is for others`, async () => {
        process.env['SEAT_TOKEN'] = 'seat-7';
        await start({ ...IDENTITY, headers: header });
        await using ads = await startAdServer({
          '/moved': { status: 301, headers: { location: `https://${PARTNER}:${partner.port}/ad` } },
        });
        for (const [path, cache] of Object.entries({ '/ad': 'miss', '/aged': 'miss', '/public': 'hit' })) {
          const url = `https://${PARTNER}:${partner.port}${path}`;
          expect((await answerTo({ url })).hops[0], path).to.include({ cache: 'miss' });
          expect((await answerTo({ url })).hops[0], path).to.include({ cache });
        }
        // nor what another host led to
        for (let count = 0; count < 2; count += 1) {
          expect((await answerTo({ url: `${ads.base}/moved` })).hops[0]).to.include({ cache: 'miss' });
        }
        expect(partner.requests).to.have.length(7);
      });
    }
  });
}

describe('EGRESS_RULES, read again', () => {
  it('hold from then on in all workers; those that cannot be used change nothing', async () => {
    using folder = temporaryFolder();
    await using partner = await startTlsAdServer(PARTNER, PARTNER, { '/ad': vast(inLineAd()) });
    const path = join(folder.path, 'rules.json');
    const issue = async (name: string, over: object = {}): Promise<void> => {
      const { cert, key } = partner.clients.issue(name);
      const rule = { host: PARTNER, cert: 'c.pem', key: 'c.key', ca: 'ca.pem', ...over };
      const files = { 'c.pem': cert, 'c.key': key, 'ca.pem': partner.ca, 'rules.json': JSON.stringify([rule]) };
      await Promise.all(Object.entries(files).map(([file, text]) => writeFile(join(folder.path, file), text)));
    };
    await issue('old');
    await using service = await startServiceProcess({
      EGRESS_RULES: path,
      WORKERS: '2',
      CACHE_MAX_BYTES: '0',
      TMAX_MAX_MS: '30000',
    });
    const ask = async (): Promise<string | null> => {
      const { status } = await service.unwrap({ url: `https://${PARTNER}:${partner.port}/ad`, tmax: 30_000 });
      return status === 'resolved' ? partner.requests.at(-1)!.shown : status;
    };
    const readAgain = async (says: string): Promise<void> => {
      const before = service.output().length;
      service.child.kill('SIGHUP');
      await eventually(() => Promise.resolve(service.output().slice(before).includes(says)), says);
    };
    expect(await ask()).to.equal('old');
    await issue('new', { key: 'gone.key' });
    await readAgain('rule 1');
    expect(await ask()).to.equal('old');
    await issue('new');
    await readAgain('EGRESS_RULES');
    await eventually(async () => (await ask()) === 'new' && (await ask()) === 'new', 'the new certificate');
    await service.stop();
  });
});
