import { expect } from 'chai';
import { needRedis, startRedis } from '../support/redis.ts';
import { startServiceProcess } from '../support/service-process.ts';
import { eventually } from '../support/tools.ts';

const PASSWORD = 'never-to-be-seen';

describe('a shared cache that is lost', function () {
  before(function () {
    needRedis(this);
  });

  it('is told once in the log, in /readyz?verbose and in metrics, as when it is found again; its password is not', async () => {
    const redis = await startRedis();
    const logIn = (): Promise<unknown> => redis.client.acl('SETUSER', 'ads', 'on', `>${PASSWORD}`, '~*', '+@all');
    await logIn();
    const url = redis.url.replace('//', `//ads:${PASSWORD}@`);
    await using service = await startServiceProcess({ WORKERS: '2', CACHE_URL: url, LOG_LEVEL: 'trace' });
    const seen: string[] = [];
    const read = async (path: string): Promise<string> => {
      const text = await (await fetch(service.admin + path)).text();
      seen.push(text);
      return text;
    };
    const isConnected = async (): Promise<boolean> =>
      (await read('/readyz?verbose')).includes('[+] the shared cache is connected');
    const connections = async (): Promise<number> =>
      Number(/^vast_cache_shared_connected(?:\{\})? (\d+)/m.exec(await read('/metrics'))?.[1]);

    await eventually(async () => (await isConnected()) && (await connections()) === 3, 'all to be connected');
    await redis.kill();
    await eventually(async () => !(await isConnected()) && (await connections()) === 0, 'the loss to be seen');
    expect(await read('/readyz?verbose')).to.match(/\n\[-\] the shared cache is connected: \w+ .*\n[^]*\nready\n$/);
    await redis.restart();
    await logIn();
    await eventually(async () => (await isConnected()) && (await connections()) === 3, 'it to be found again');
    const lines = service.output().split('\n');
    expect(lines.filter((line) => line.includes('shared cache lost'))).to.have.length(1);
    expect(lines.filter((line) => line.includes('shared cache found again'))).to.have.length(1);
    await service.stop();
    expect(service.output() + seen.join('')).to.not.contain(PASSWORD);
    await redis.stop();
  });
});
