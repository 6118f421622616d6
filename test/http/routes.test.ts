import { expect } from 'chai';
import { letsAllIn } from '../support/limiters.ts';
import { startService, type TestService } from '../support/service.ts';

const SPELLINGS = (path: string): readonly string[] => [path, `${path}/`, path.toUpperCase(), `${path.toUpperCase()}/`];
const WORK = ['/v1/unwrap', '/v1/openrtb2/unwrap', '/v1/validate', '/unwrap'];
const VAST = '<VAST version="4.2"/>';

describe('publicRoutes', () => {
  let service: TestService;
  const start = async (parts: Parameters<typeof startService>[1] = {}): Promise<void> => {
    service = await startService({}, { logBug: (error) => expect.fail(String(error)), ...parts });
  };
  afterEach(() => service.close());

  const bodies: Readonly<Record<string, readonly [type: string, body: string]>> = {
    '/v1/openrtb2/unwrap': ['application/json', '{"request":{"imp":[]},"response":{}}'],
  };
  const post = async (path: string, row: string) => {
    const [type, body] = bodies[row] ?? ['application/xml', VAST];
    return service.send(path, { headers: { 'Content-Type': type }, body });
  };

  it('answer the same in every spelling that callers use', async () => {
    await start();
    for (const row of WORK) {
      const statuses: number[] = [];
      for (const path of SPELLINGS(row)) statuses.push((await post(path, row)).status);
      expect(new Set(statuses), row).to.have.property('size', 1);
      expect(statuses[0], row).to.be.below(300);
    }
    for (const path of SPELLINGS('/ping')) expect((await service.send(path)).status, path).to.equal(204);
  });

  it('are refused in every spelling, where there is no room, and only where there is work', async () => {
    await start({ limiter: { ...letsAllIn, arrive: () => Promise.resolve('error' as const) } });
    for (const row of WORK) {
      for (const path of SPELLINGS(row)) expect((await post(path, row)).status, path).to.equal(503);
    }
    for (const path of ['/ping', '/livez', '/readyz', '/openapi.json']) {
      expect((await service.send(path)).status, path).to.be.below(300);
    }
  });
});
