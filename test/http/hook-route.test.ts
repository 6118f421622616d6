import { expect } from 'chai';
import { limiterOf } from '../support/limiters.ts';
import { startAdServer, type AdServer } from '../support/ad-server.ts';
import { startService, type Reply, type TestService } from '../support/service.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

describe('POST /unwrap', () => {
  let ads: AdServer;
  let service: TestService;
  before(async () => {
    ads = await startAdServer({
      '/ad': { body: vast(inLineAd({ id: 'i' })) },
      '/none': { status: 204 },
      '/500': { status: 500 },
      '/hang': { hang: 'before-headers' },
      '/loop': vast(wrapperAd({ uri: '{{base}}/loop' })),
    });
    // time enough on a busy machine
    service = await startService({ TMAX_DEFAULT_MS: '5000', TMAX_MAX_MS: '10000' });
  });
  after(async () => {
    await service.close();
    await ads[Symbol.asyncDispose]();
  });

  // The request as the hook of PubMatic's fork sends it (modules/pubmatic/openwrap/unwrap): bid.adm alone in the body,
  // the ids of account and imp in the query, that of the bid and what is known of the device in headers.
  const post = (body: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> =>
    service.send('/unwrap?pub_id=5890&imr_id=imp-1', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/xml; charset=utf-8',
        'User-Agent': 'TV',
        'X-Device-User-Agent': 'TV',
        'X-Forwarded-For': '203.0.113.7',
        'unwrap-ucrid': 'bid-1',
        'unwrap-timeout': '5000',
        ...headers,
      },
      body,
    });
  const adm = (path: string): string => vast(wrapperAd({ uri: `${ads.base}${path}` }));

  it('answers 0 with the document and the number of wrappers, and tells ad servers of the device', async () => {
    const reply = await post(adm('/ad'), { 'X-Device-User-Agent': 'Device' });
    expect(reply.status).to.equal(200);
    expect(reply.headers).to.include({ 'unwrap-status': '0', 'unwrap-count': '1' });
    expect(reply.text).to.contain('<InLine>').and.to.contain('https://t.example/w');
    const asked = ads.requests.find(({ path }) => path === '/ad')!;
    expect(asked.headers).to.include({ 'x-device-ip': '203.0.113.0', 'x-device-user-agent': 'Device' });
  });

  for (const [forwarded, told] of [
    ['203.0.113.7', '203.0.113.7'],
    [' 203.0.113.7 , 198.51.100.1', '203.0.113.7'],
    ['203.0.113.7:4711', '203.0.113.7'],
    ['2001:db8::7', '2001:db8::7'],
    ['[2001:db8::7]:4711', '2001:db8::7'],
    ['not-an-address', undefined],
    ['unknown, 203.0.113.7', undefined],
    ['203.0.113.777', undefined],
    ['203.0.113.7 x', undefined],
    ['http://203.0.113.7/', undefined],
    ['', undefined],
  ] as const) {
    it(`tells ad servers ${told ?? 'nothing'} of “${forwarded}”, where nothing stands against it`, async () => {
      const before = ads.requests.length;
      await post(adm('/ad'), {
        'X-Forwarded-For': forwarded,
        'unwrap-coppa': '0',
        'unwrap-gdpr': '0',
        'unwrap-lmt': '0',
      });
      expect(ads.requests[before]!.headers['x-device-ip']).to.equal(told);
    });
  }

  it('takes markup that is a tag URL, and an InLine as it is', async () => {
    expect((await post(`${ads.base}/ad`)).headers).to.include({ 'unwrap-status': '0', 'unwrap-count': '0' });
    const inLine = vast(inLineAd());
    expect((await post(inLine)).text).to.equal(inLine);
  });

  it('answers 200 with nothing and a number for every failure, on the same connection', async () => {
    const ends: readonly (readonly [string, string])[] = [
      [adm('/none'), '4'],
      ['not xml', '6'],
      [adm('/hang'), '10'],
      [adm('/loop'), '11'],
      [adm('/500'), '14'],
      [vast(wrapperAd({ uri: 'http://169.254.169.254/' })), '13'],
    ];
    for (const [body, status] of ends) {
      const reply = await post(body, status === '10' ? { 'unwrap-timeout': '80' } : {});
      expect([reply.status, reply.headers['unwrap-status'], reply.text], body).to.deep.equal([200, status, '']);
      expect(reply.reused, body).to.equal(true);
    }
  });

  it('answers 15 while it refuses, before the body is looked at', async () => {
    const full = await startService({}, { limiter: limiterOf(0) });
    const reply = await full.send('/unwrap', { body: '<VAST', method: 'POST' });
    expect(reply.headers).to.include({ 'unwrap-status': '15' });
    await full.close();
  });
});
