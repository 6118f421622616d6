import { expect } from 'chai';
import { startService, type TestService } from '../support/service.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

describe('exportRoute', () => {
  let service: TestService;
  before(async () => (service = await startService()));
  after(() => service.close());

  const run = async (tag: string): Promise<string> => {
    const body = new URLSearchParams({ tag });
    const reply = await fetch(`${service.admin}/debug`, { method: 'POST', body, redirect: 'manual' });
    return service.admin + reply.headers.get('location')!;
  };

  it('gives a run in each form, with its type', async () => {
    const page = await run(vast(inLineAd()));
    for (const [ending, type, begins] of [
      ['json', 'application/json', '{"status":"resolved"'],
      ['har', 'application/json', '{\n  "log": {\n    "version": "1.2"'],
      ['xml', 'application/xml', '<'],
      ['txt', 'text/plain', 'An SSP'],
    ] as const) {
      const reply = await fetch(`${page}.${ending}`);
      expect(reply.status, ending).to.equal(200);
      expect(reply.headers.get('content-type')).to.include(type);
      expect(reply.headers.get('content-security-policy')).to.include("default-src 'none'");
      expect((await reply.text()).slice(0, begins.length)).to.equal(begins);
    }
    expect(await (await fetch(`${page}.txt`)).text()).to.include(page);
  });

  it('has no document where there is none, and no other forms', async () => {
    const page = await run('<VAST version="4.2"/>');
    for (const ending of ['xml', 'exe', 'html']) expect((await fetch(`${page}.${ending}`)).status).to.equal(404);
  });
});
