import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HostReport } from '../../src/hosts/host-table.ts';
import type { UnwrapReport } from '../../src/http/answer-schema.ts';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { mediaFile, needFfmpeg, ranged } from '../support/media.ts';
import { needRedis, startRedis } from '../support/redis.ts';
import { startService, type TestService } from '../support/service.ts';

// What the media files of an ad really are, and what that does to the answer.

const ad = (file: string, type = 'video/mp4', duration = '00:00:02'): string => `<VAST version="4.2"><Ad id="a"><InLine>
  <AdSystem>S</AdSystem><AdTitle>T</AdTitle><AdServingId>1</AdServingId>
  <Impression>https://t.example/i</Impression><Error>https://t.example/e?[ERRORCODE]</Error>
  <Creatives><Creative><UniversalAdId idRegistry="Ad-ID">X</UniversalAdId><Linear><Duration>${duration}</Duration>
  <MediaFiles><MediaFile delivery="progressive" type="${type}" width="160" height="90">{{base}}${file}</MediaFile></MediaFiles>
  </Linear></Creative></Creatives></InLine></Ad></VAST>`;

describe('media files', () => {
  let ads: AdServer;
  let service: TestService;

  before(function () {
    needFfmpeg(this);
    mediaFile('moov-first.mp4');
  });

  beforeEach(async () => {
    const headers = { 'cache-control': 'max-age=60' };
    ads = await startAdServer({
      '/good': { headers, body: ad('/good.mp4') },
      '/good.mp4': ranged(mediaFile('moov-first.mp4')),
      '/long': { headers, body: ad('/good.mp4', 'video/mp4', '00:00:30') },
      '/page': { headers, body: ad('/page.mp4') },
      '/page.mp4': { body: '<!DOCTYPE html>', headers: { 'content-type': 'text/html' } },
      '/script': { headers, body: ad('/vpaid.js', 'application/x-javascript') },
      '/vpaid.js': { body: 'var getVPAIDAd;', headers: { 'content-type': 'text/javascript' } },
      '/gone': { headers, body: ad('/gone.mp4') },
      '/hangs': { headers, body: ad('/hangs.mp4') },
      '/hangs.mp4': { hang: 'before-headers' },
    });
    service = await startService({ PROBE_DEFAULT: 'background' });
  });
  afterEach(async () => {
    await service.close();
    await ads[Symbol.asyncDispose]();
  });

  const unwrap = async (path: string, probe?: string, tmax = 1000): Promise<UnwrapReport> => {
    const options = probe === undefined ? {} : { probe };
    const reply = await service.unwrap({ url: ads.base + path, tmax, options });
    return JSON.parse(reply.text) as UnwrapReport;
  };
  const found = ({ findings }: UnwrapReport): readonly string[] =>
    findings.map(({ rule }) => rule).filter((rule) => rule.startsWith('media/'));

  it('are looked at after the answer, so that the next auction knows', async () => {
    expect(await unwrap('/page')).to.include({ status: 'resolved' });
    const asked = await ads.requested('/page.mp4');
    await asked.ended;
    let second = await unwrap('/page');
    // the look ends a little after its last byte was sent
    while (second.status === 'resolved') second = await unwrap('/page');
    expect(second).to.include({ status: 'rejected', vastError: 405, reason: 'media/type', adm: null });
    expect(second.errorUrls).to.deep.equal(['https://t.example/e?405']);
    expect(ads.paths().filter((path) => path === '/page.mp4').length).to.equal(1);
  });

  it('are waited for where the caller asks for it', async () => {
    const good = await unwrap('/good', 'wait');
    expect(good.status).to.equal('resolved');
    expect(found(good)).not.to.include('media/duration-wrong');
    expect(await unwrap('/script', 'wait')).to.include({ status: 'resolved' });
    expect(await unwrap('/page', 'wait')).to.include({ status: 'rejected', vastError: 405 });
    expect(await unwrap('/gone', 'wait')).to.include({
      status: 'rejected',
      vastError: 401,
      reason: 'media/unreachable',
    });
    expect(found(await unwrap('/long', 'wait'))).to.include('media/duration-wrong');
  });

  it('make the ad too late where they do not answer within the deadline, and never hold the answer up otherwise', async () => {
    const late = await unwrap('/hangs', 'wait', 1500);
    expect(late).to.include({ status: 'rejected', vastError: 402, reason: 'media/late' });
    expect(ads.requests.at(-1)).to.include({ path: '/hangs.mp4', outcome: null });
    expect(await unwrap('/hangs', 'background')).to.include({ status: 'resolved' });
  });

  it('are left alone where the caller says so', async () => {
    expect(await unwrap('/gone', 'off')).to.include({ status: 'resolved' });
    expect(await unwrap('/good', 'wait')).to.include({ status: 'resolved' });
    expect(ads.paths()).not.to.include('/gone.mp4');
  });

  it('put their host into the host table', async () => {
    await using cdn = await startAdServer({ '/a.mp4': ranged(mediaFile('moov-first.mp4')) });
    ads.route('/elsewhere', ad('').replace('{{base}}', `${cdn.base}/a.mp4`));
    expect(await unwrap('/elsewhere', 'wait')).to.include({ status: 'resolved' });
    const isListed = async (): Promise<boolean> => {
      const reply = await service.send(`${service.admin}/v1/hosts`);
      const { hosts } = JSON.parse(reply.text) as HostReport;
      return hosts.some(({ host }) => host === new URL(cdn.base).host);
    };
    // on a busy machine the look may end after the answer
    while (!(await isListed()));
  });

  it('are looked at by one replica for all that share a cache', async function () {
    needRedis(this);
    const redis = await startRedis();
    const replicas = await Promise.all([1, 2].map(() => startService({ CACHE_URL: redis.url })));
    const [one, other] = replicas as [TestService, TestService];
    const statusAt = async ({ unwrap: ask }: TestService, url: string): Promise<unknown> => {
      const reply = await ask({ url, tmax: 1000, options: { probe: 'wait' } });
      return (JSON.parse(reply.text) as UnwrapReport).status;
    };
    let path: string;
    // A file of its own each time: a verdict is written only once the connection is up.
    do {
      path = `/page-${ads.requests.length}`;
      ads.route(path, ad(`${path}.mp4`));
      ads.route(`${path}.mp4`, '<!DOCTYPE html>');
      expect(await statusAt(one, ads.base + path)).to.equal('rejected');
      await sleep(20);
    } while ((await redis.client.keys('vast-unwrap:media:*')).length === 0);
    expect(await statusAt(other, ads.base + path)).to.equal('rejected');
    expect(ads.paths().filter((each) => each === `${path}.mp4`).length).to.equal(1);
    await Promise.all(replicas.map(({ close }) => close()));
    await redis.stop();
  });
});
