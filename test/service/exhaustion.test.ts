import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect } from 'chai';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { startService, type TestService } from '../support/service.ts';
import { eventually, run } from '../support/tools.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

// What runs out or jumps under a service: descriptors, connections, the wall clock.

describe('a service', () => {
  let ads: AdServer;
  let service: TestService;
  beforeEach(async () => {
    const headers = { 'cache-control': 'public, max-age=60' };
    ads = await startAdServer({ '/inline': vast(inLineAd()), '/kept': { headers, body: vast(inLineAd()) } });
    service = await startService();
  });
  afterEach(async () => {
    await service.close();
    await ads[Symbol.asyncDispose]();
  });
  type Report = {
    readonly status: string;
    readonly reason: string | null;
    readonly hops: readonly { readonly cache: string }[];
  };
  const unwrap = async (path: string, tmax = 1000): Promise<Report> =>
    JSON.parse((await service.unwrap({ url: ads.base + path, tmax })).text) as Report;

  it('serves on while 1,000 callers keep a connection and a half-sent request', async () => {
    const head = 'POST /v1/unwrap HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\nContent-Le';
    const callers: Socket[] = [];
    for (let batch = 0; batch < 10; batch += 1)
      callers.push(...(await Promise.all(Array.from({ length: 100 }, service.connect))));
    for (const socket of callers) socket.on('error', () => {}).write(head);
    expect((await unwrap('/inline')).status).to.equal('resolved');
    const closed = callers.map((socket) => once(socket, 'close'));
    for (const socket of callers) socket.destroy();
    await Promise.all(closed);
    expect((await unwrap('/inline')).status).to.equal('resolved');
  });

  it('keeps deadlines and lifetimes sane while the wall clock jumps', async () => {
    expect((await unwrap('/kept')).hops[0]!.cache).to.equal('miss');
    const now = Date.now;
    try {
      for (const jump of [-86_400_000, 365 * 86_400_000]) {
        Date.now = () => now() + jump;
        ads.route('/hang', { hang: 'before-headers' });
        expect(await unwrap('/hang', 50)).to.include({ status: 'timeout' });
        expect((await unwrap('/inline')).status).to.equal('resolved');
        expect((await unwrap('/kept')).hops[0]!.cache).to.equal('hit');
      }
    } finally {
      Date.now = now;
    }
  });
});

describe('a service without descriptors', () => {
  it('says that it is busy, a fault of no host, and unwraps again once there are some', async () => {
    // a process of its own, for all of it shares the descriptors
    const program = `
      import { startService } from ${JSON.stringify(new URL('../support/service.ts', import.meta.url).href)};
      import { startAdServer } from ${JSON.stringify(new URL('../support/ad-server.ts', import.meta.url).href)};
      import { openSync, closeSync } from 'node:fs';
      const ads = await startAdServer({ '/inline': ${JSON.stringify(vast(inLineAd()))} });
      const service = await startService();
      const ask = async () => {
        const { reason, status } = JSON.parse((await service.unwrap({ url: ads.base + '/inline', tmax: 500 })).text);
        console.log('END', reason ?? status);
      };
      await service.send('/ping');
      const taken = [];
      try { for (;;) taken.push(openSync('/dev/null')); } catch (error) { console.log('END', error.code); }
      await ask();
      for (const descriptor of taken) closeSync(descriptor);
      await ask();
      process.exit(0);
    `;
    const shell = `ulimit -n 128 && exec "$0" --input-type=module-typescript -e "$1"`;
    await using running = run('sh', ['-c', shell, process.execPath, program]);
    const ends = await eventually(() => {
      const found = [...running.output().matchAll(/^END (.*)$/gm)].map(([, end]) => end);
      return Promise.resolve(found.length === 3 ? found : undefined);
    }, 'three ends');
    expect(ends).to.deep.equal(['EMFILE', 'busy', 'resolved']);
  });
});
