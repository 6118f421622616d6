import { expect } from 'chai';
import { readSettings } from '../src/config.ts';
import { untraced } from '../src/unwrap/ports.ts';
import { createService } from '../src/service.ts';
import type * as WarmUp from '../src/warm-up.ts';
import { startAdServer } from './support/ad-server.ts';
import { startService } from './support/service.ts';
import { startServiceProcess } from './support/service-process.ts';
import { inLineAd, vast, wrapperAd } from './support/vast-text.ts';

const fresh = async (): Promise<typeof WarmUp> =>
  (await import(`../src/warm-up.ts?fresh=${Math.random()}`)) as typeof WarmUp;

describe('warmUp', () => {
  it('asks every route that does work, and each answers with what it is for', async () => {
    const { warmUp } = await fresh();
    const ends = new Set<string>();
    const { promise: closed, resolve: close } = Promise.withResolvers<void>();
    // it ends when it is warm: a busy machine needs longer for it
    const cpuMs = await warmUp(20_000, async (env) => {
      const settings = readSettings(env);
      const service = createService(settings, {
        warmUp: () => Promise.resolve(0),
        traceRequest: ({ route }) => ({
          traceId: null,
          traceresponse: null,
          trace: untraced,
          end: ({ httpStatus, result }) => ends.add(`${route} ${httpStatus} ${result?.status ?? ''}`.trim()),
        }),
      });
      return { url: await service.listenOn.public(), close: () => service.close().then(close) };
    });
    expect(cpuMs).to.be.above(0);
    await closed;
    expect([...ends]).to.include.members(['/v1/unwrap 200 resolved', '/v1/validate 200', '/unwrap 200 resolved']);
    expect([...ends].some((end) => end.startsWith('/v1/openrtb2/unwrap 200'))).to.equal(true);
  });

  it('is done once for a process, and what goes wrong in it holds up nobody', async () => {
    const { warmUp } = await fresh();
    let started = 0;
    const serve = (): Promise<never> => {
      started += 1;
      return Promise.reject(new Error('no port is left'));
    };
    expect(await Promise.all([warmUp(1500, serve), warmUp(1500, serve)])).to.deep.equal([0, 0]);
    expect(started).to.equal(1);
  });

  it('is not done where it has no time', async () => {
    const { warmUp } = await fresh();
    expect(await warmUp(0, () => Promise.reject(new Error('nobody asks for this')))).to.equal(0);
  });

  it('leaves no trace in what the service tells of itself, and opens the guard for nobody', async () => {
    const service = await startService({ EGRESS_ALLOW: '', WARM_UP_MS: '1500' });
    const table = (await (await fetch(`${service.admin}/v1/hosts`)).json()) as { hosts: unknown[] };
    const reply = await service.unwrap({ url: 'http://127.0.0.1:9/', tmax: 1000 });
    await service.close();
    expect(table.hosts).to.deep.equal([]);
    expect(JSON.parse(reply.text)).to.include({ status: 'blocked' });
  });

  it('makes a fresh process serve its first auctions, and refuse none', async () => {
    await using ads = await startAdServer({
      '/first': { body: vast(wrapperAd({ uri: '{{base}}/inline' })), delayHeadersMs: 5 },
      '/inline': { body: vast(inLineAd()), delayHeadersMs: 5, headers: { 'cache-control': 'no-store' } },
    });
    const service = await startServiceProcess({ TMAX_MAX_MS: '20000', WARM_UP_MS: '1500' });
    const answers: Promise<{ readonly status: string }>[] = [];
    for (let auction = 0; auction < 60; auction += 1) {
      answers.push(service.unwrap({ url: `${ads.base}/first?n=${auction}`, tmax: 20_000 }));
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    const metrics = await (await fetch(`${service.admin}/metrics`)).text();
    await service.stop();
    // and what was asked before is in no count
    const counts = metrics.matchAll(/^vast_unwrap_duration_seconds_count\S* (\d+)/gm);
    expect([...counts].reduce((sum, [, count]) => sum + Number(count), 0)).to.equal(60);
    expect(new Set(statuses)).to.deep.equal(new Set(['resolved']));
  });
});
