import { expect } from 'chai';
import { limiterOf } from '../support/limiters.ts';
import { type Reply, startService, type TestService } from '../support/service.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

const PLAYER = 'https://player.example';
const xml = { 'Content-Type': 'text/xml' };

async function withService(
  settings: Readonly<Record<string, string>>,
  run: (service: TestService) => Promise<void>,
  parts: Parameters<typeof startService>[1] = {},
): Promise<void> {
  const service = await startService(settings, parts);
  try {
    await run(service);
  } finally {
    await service.close();
  }
}
const preflight = (service: TestService, path: string, origin: string, method = 'POST'): Promise<Reply> =>
  service.send(path, {
    method: 'OPTIONS',
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': method,
      'Access-Control-Request-Headers': 'content-type',
    },
  });

describe('crossOrigin', () => {
  it('answers what browsers ask first, for the origins that are named', async () => {
    await withService({ CORS_ORIGINS: `https://other.example, ${PLAYER}` }, async (service) => {
      for (const [path, methods] of [
        ['/v1/unwrap', 'POST, GET'],
        ['/v1/validate', 'POST'],
      ] as const) {
        const reply = await preflight(service, path, PLAYER);
        expect(reply.status, path).to.equal(204);
        expect(reply.headers, path).to.include({
          'access-control-allow-origin': PLAYER,
          'access-control-allow-methods': methods,
          vary: 'Origin',
        });
        expect(reply.headers['access-control-allow-headers'], path).to.contain('Content-Type');
      }
      for (const [path, origin] of [
        ['/v1/unwrap', 'https://evil.example'],
        ['/v1/unwrap', `${PLAYER}.evil.example`],
        ['/v1/unwrap', 'null'],
        ['/v1/openrtb2/unwrap', PLAYER],
        ['/unwrap', PLAYER],
      ] as const) {
        const reply = await preflight(service, path, origin);
        expect(reply.status, `${path} ${origin}`).to.equal(405);
        expect(reply.headers, `${path} ${origin}`).not.to.have.property('access-control-allow-origin');
      }
    });
  });

  it('lets answers be read, those that refuse included', async () => {
    await withService({ CORS_ORIGINS: PLAYER }, async (service) => {
      const answers = [
        await service.send('/v1/unwrap', { headers: { ...xml, Origin: PLAYER }, body: vast(inLineAd()) }),
        await service.send('/v1/unwrap?url=x', { headers: { Origin: PLAYER } }),
        await service.send('/v1/unwrap', { headers: { Origin: PLAYER }, body: 'x' }),
        await service.send('/v1/unwrap?url=', { method: 'PUT', headers: { Origin: PLAYER } }),
        await service.send('/v1/validate', { headers: { 'Content-Type': 'text/plain', Origin: PLAYER }, body: '{}' }),
      ];
      expect(answers.map(({ status }) => status)).to.deep.equal([200, 204, 415, 405, 400]);
      for (const { headers } of answers) {
        expect(headers).to.include({ 'access-control-allow-origin': PLAYER });
        expect(headers.vary).to.contain('Origin');
        expect(headers['access-control-expose-headers']).to.contain('VAST-Status');
      }
      const { headers } = await service.send('/v1/unwrap?url=x');
      expect(headers).not.to.have.property('access-control-allow-origin');
      expect(headers.vary).to.contain('Origin');
    });
    await withService(
      { CORS_ORIGINS: PLAYER },
      async (service) => {
        const reply = await service.send('/v1/unwrap?url=x', { headers: { Origin: PLAYER } });
        expect(reply.headers).to.include({ 'vast-status': 'shed', 'access-control-allow-origin': PLAYER });
      },
      { limiter: limiterOf(0) },
    );
  });

  it('lets all in with *, and nobody by default', async () => {
    await withService({ CORS_ORIGINS: '*' }, async (service) => {
      const reply = await preflight(service, '/v1/unwrap', 'https://anyone.example', 'GET');
      expect(reply.headers).to.include({ 'access-control-allow-origin': '*' });
    });
    await withService({}, async (service) => {
      expect((await preflight(service, '/v1/unwrap', PLAYER)).status).to.equal(405);
      const { headers } = await service.send('/v1/unwrap?url=x', { headers: { Origin: PLAYER } });
      expect(headers).not.to.have.property('access-control-allow-origin');
    });
  });
});
