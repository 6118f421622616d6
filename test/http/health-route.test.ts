import { expect } from 'chai';
import { startService, type TestService } from '../support/service.ts';

const startDisposable = async (settings: Readonly<Record<string, string>>): Promise<TestService & AsyncDisposable> => {
  const service = await startService(settings);
  return { ...service, [Symbol.asyncDispose]: service.close };
};

describe('health routes', () => {
  let service: TestService;
  before(async () => (service = await startService()));
  after(() => service.close());

  it('/ping is 204 and the connection stays open', async () => {
    expect(await service.send('/ping')).to.include({ status: 204, text: '' });
    expect(await service.send('/ping')).to.include({ status: 204, reused: true });
  });

  it('/readyz turns 503 with draining, while everything else is still served', async () => {
    expect((await service.send('/readyz')).status).to.equal(200);
    service.service.drain();
    expect(await service.send('/readyz')).to.include({ status: 503, reused: true });
    expect((await service.send('/livez')).status).to.equal(200);
    expect((await service.unwrap({ adm: '<VAST version="4.2"/>' })).status).to.equal(200);
    expect((await fetch(`${service.admin}/readyz`)).status).to.equal(503);
  });

  it('/readyz?verbose says why, on both listeners, and what is served without', async () => {
    await using shared = await startDisposable({ CACHE_URL: 'redis://user:secret@127.0.0.1:1' });
    const told = async (): Promise<readonly string[]> => (await shared.send('/readyz?verbose')).text.split('\n');
    while (!(await told())[3]!.includes('ECONNREFUSED')) await new Promise(setImmediate);
    const lines = [
      '[+] the public port is open',
      '[+] not draining',
      '[+] requests were let in lately',
      '[-] the shared cache is connected: ECONNREFUSED (requests are served without it)',
      'ready',
      '',
    ];
    expect(await told()).to.deep.equal(lines);
    expect(await (await fetch(`${shared.admin}/readyz?verbose`)).text()).to.equal(lines.join('\n'));
    expect((await shared.send('/readyz')).text).to.equal('ready');
    shared.service.drain();
    const draining = await shared.send('/readyz?verbose=1');
    expect(draining.status).to.equal(503);
    expect(draining.text).to.equal(lines.join('\n').replace('[+] not', '[-] not').replace('\nready', '\nnot ready'));
  });
});
