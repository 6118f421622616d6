import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect } from 'chai';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { startService, type TestService } from '../support/service.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';
import { until } from '../support/until.ts';

// The real admission under real traffic. Time is plenty everywhere, so that a slow machine refuses nothing either.

const TMAX = 20_000;

describe('overload', () => {
  let ads: AdServer;
  let service: TestService;
  const sockets: Socket[] = [];
  const start = async (settings: Readonly<Record<string, string>> = {}): Promise<void> => {
    service = await startService({ TMAX_MAX_MS: String(TMAX), TMAX_DEFAULT_MS: String(TMAX), ...settings });
  };

  before(async () => {
    ads = await startAdServer({
      '/first': vast(wrapperAd({ uri: '{{base}}/second' })),
      '/second': vast(wrapperAd({ uri: '{{base}}/inline' })),
      '/inline': { body: vast(inLineAd()), headers: { 'cache-control': 'no-store' } },
      '/hang': { hang: 'before-headers' },
    });
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await service.close();
  });
  after(() => ads[Symbol.asyncDispose]());

  async function connect(): Promise<Socket> {
    const socket = await service.connect();
    socket.on('error', () => {});
    sockets.push(socket);
    return socket;
  }
  const statusOf = async (path: string): Promise<string | null> => {
    const url = `${service.public}/v1/unwrap?tmax=${TMAX}&url=${encodeURIComponent(ads.base + path)}`;
    return (await fetch(url)).headers.get('vast-status');
  };
  const post = (body: string, tmax = TMAX): string =>
    `POST /v1/unwrap?tmax=${tmax} HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\nContent-Length: ${body.length}\r\n\r\n`;

  it('refuses none of twelve callers who ask again and again, nor of a burst', async () => {
    await start();
    const statuses: (string | null)[] = [];
    const caller = async (): Promise<void> => {
      for (let round = 0; round < 4; round += 1) statuses.push(await statusOf(`/first?round=${round}`));
    };
    await Promise.all(Array.from({ length: 12 }, caller));
    statuses.push(...(await Promise.all(Array.from({ length: 30 }, (_, one) => statusOf(`/first?one=${one}`)))));
    expect(new Set(statuses)).to.deep.equal(new Set(['resolved']));
  });

  it('lets no more unwraps begin than may be under way, though all callers were let send their bodies', async () => {
    await start({ MAX_INFLIGHT: '4' });
    const body = vast(wrapperAd({ uri: `${ads.base}/hang?[CACHEBUSTING]` }));
    const callers = await Promise.all(Array.from({ length: 12 }, connect));
    const answers = callers.map(async (socket) => String(((await once(socket, 'data')) as [Buffer])[0]));
    const before = ads.requests.length;
    for (const socket of callers) {
      socket.write(post(body) + body.slice(0, 20));
      // the next only once the service has let this one send
      await service.send('/ping');
    }
    for (const socket of callers) socket.write(body.slice(20));
    const refused = await new Promise<readonly string[]>((resolve) => {
      const seen: string[] = [];
      for (const answer of answers) void answer.then((text) => seen.push(text) === 8 && resolve(seen));
    });
    for (const text of refused) expect(text).to.match(/\r\nVAST-Status: shed\r\n/i);
    await until(() => ads.requests.length >= before + 4);
    expect(ads.requests).to.have.length(before + 4);
  });

  it('unwraps no more bids of a batch than may be under way, and the others pass', async () => {
    await start({ MAX_INFLIGHT: '5' });
    const bid = { impid: '1', adm: vast(wrapperAd({ uri: `${ads.base}/inline` })) };
    const before = ads.requests.length;
    const reply = await service.send('/v1/openrtb2/unwrap', {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        request: { imp: [{ id: '1', video: {} }] },
        response: { seatbid: [{ bid: Array.from({ length: 20 }, (_, id) => ({ id: String(id), ...bid })) }] },
        options: { tmax: TMAX },
      }),
    });
    const { seatbid } = JSON.parse(reply.text) as {
      seatbid: { bid: { adm: string; ext: { unwrap: { status: string; reason?: string } } }[] }[];
    };
    const bids = seatbid[0]!.bid;
    expect(bids.map(({ ext }) => ext.unwrap.status)).to.deep.equal([
      ...Array.from({ length: 5 }, () => 'resolved'),
      ...Array.from({ length: 15 }, () => 'shed'),
    ]);
    for (const { adm, ext } of bids.slice(5)) {
      expect(adm).to.equal(bid.adm);
      expect(ext.unwrap.reason).to.equal('bid-limit');
    }
    expect(ads.requests.length - before).to.be.within(1, 5);
  });

  it('gives up who has been sending for longest, where too many are, and others find room', async () => {
    // their time is never over: who is answered is answered for the room
    const endless = 600_000;
    await start({ MAX_INFLIGHT: '1', TMAX_MAX_MS: String(endless) });
    const slow = await Promise.all(Array.from({ length: 6 }, connect));
    const answers: number[] = [];
    for (const [number, socket] of slow.entries()) {
      socket.once('data', (data: Buffer) => {
        expect(data.toString()).to.match(/\r\nVAST-Status: timeout\r\n/i);
        answers.push(number);
      });
      socket.write(`${post('x'.repeat(100), endless)}<VAST`);
      // the next only once the service has seen this one
      await service.send('/ping');
    }
    await until(() => answers.length >= 2);
    expect(await statusOf('/inline')).to.equal('resolved');
    expect(answers).to.deep.equal([0, 1]);
  });
});
