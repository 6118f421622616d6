import { expect } from 'chai';
import { EDITOR_PATH } from '../../src/admin/modules-route.ts';
import { startService, type TestService } from '../support/service.ts';

describe('modulesRoute', () => {
  let service: TestService;
  before(async () => (service = await startService()));
  after(() => service.close());

  const ask = (path: string, encoding = 'gzip'): Promise<Response> =>
    fetch(service.admin + path, { headers: { 'Accept-Encoding': encoding } });

  it('gives the editor anew each time, and its packages once and for all', async () => {
    const entry = await ask(EDITOR_PATH);
    expect(entry.headers.get('cache-control')).to.equal('no-store');
    const [, path] = /'(\/debug\/modules\/@codemirror\/view@[^']+)'/.exec(await entry.text())!;
    const reply = await ask(path!);
    expect(reply.headers.get('content-type')).to.equal('text/javascript; charset=utf-8');
    expect(reply.headers.get('cache-control')).to.include('immutable');
    expect(reply.headers.get('content-encoding')).to.equal('gzip');
    const plain = await ask(path!, 'identity');
    expect(plain.headers.get('content-encoding')).to.equal(null);
    expect(await plain.text()).to.equal(await reply.text());
  });

  it('gives nothing else', async () => {
    for (const path of ['koa@3.3.0.js', '../page-script.js', '@codemirror/view@1.js', '%2e%2e/%2e%2e/package.js']) {
      expect((await ask(`/debug/modules/${path}`)).status).to.equal(404);
    }
  });
});
