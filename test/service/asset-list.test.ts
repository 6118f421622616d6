import { expect } from 'chai';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { assetListSchema } from '../support/asset-list-schema.ts';
import { startService, type TestService } from '../support/service.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

// A pod that is stitched into a stream, through the whole service.

describe('an asset list', () => {
  let ads: AdServer;
  let service: TestService;
  before(async () => {
    const headers = { 'cache-control': 'max-age=60' };
    const pod = vast(
      inLineAd({ id: 'second', sequence: 2 }),
      wrapperAd({ id: 'w', uri: '{{base}}/first', sequence: 1 }),
    );
    ads = await startAdServer({
      '/pod': { headers, body: pod },
      '/first': { headers, body: vast(inLineAd({ id: 'first' })) },
      '/none': { body: '<VAST version="4.2"/>' },
    });
    service = await startService({ PROBE_DEFAULT: 'off' });
  });
  after(async () => {
    await service.close();
    await ads[Symbol.asyncDispose]();
  });

  it('is what GET and POST answer who ask for it, in whatever form they accept, fetched or remembered', async () => {
    const url = `${ads.base}/pod`;
    const query = `format=assetlist&tmax=1000&url=${encodeURIComponent(url)}`;
    const asked = [
      () => service.send(`/v1/unwrap?${query}`, { headers: { Accept: 'text/xml' } }),
      () =>
        service.send('/v1/unwrap?format=assetlist', {
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ url, tmax: 1000 }),
        }),
    ];
    for (const ask of [...asked, ...asked]) {
      const { status, headers, text } = await ask();
      expect([status, headers['content-type'], headers['vast-status']]).to.deep.equal([
        ...[200, 'application/json; charset=utf-8', 'resolved'],
      ]);
      const answer = assetListSchema.parse(JSON.parse(text));
      expect(answer.ASSETS.map(({ URI }) => URI)).to.deep.equal([
        'https://m.example/first.mp4',
        'https://m.example/second.mp4',
      ]);
      expect(answer.ASSETS[0]!['X-AD-CREATIVE-SIGNALING'].payload[0]!.tracking).to.deep.equal([
        { type: 'impression', urls: ['https://t.example/first', 'https://t.example/w'] },
      ]);
    }
  });

  it('is empty where there is no ad', async () => {
    const { status, text } = await service.send(
      `/v1/unwrap?format=assetlist&tmax=1000&url=${encodeURIComponent(`${ads.base}/none`)}`,
    );
    expect([status, JSON.parse(text)]).to.deep.equal([
      200,
      { ASSETS: [], 'X-VAST-UNWRAP': { status: 'no_ad', vastError: 303, reason: 'no-ad', ads: [] } },
    ]);
  });
});
