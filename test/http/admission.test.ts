import { expect } from 'chai';
import type { Admitted } from '../../src/overload/limiter.ts';
import type { ServiceParts } from '../../src/service-parts.ts';
import { startService } from '../support/service.ts';
import { letsAllIn } from '../support/limiters.ts';
import { unwrapResult } from '../support/unwrap-result.ts';

const body = JSON.stringify({ adm: '<VAST/>' });
const headers = { 'Content-Type': 'application/json' };

describe('admission', () => {
  it('gives the room back once the answer is made, also where making it failed', async () => {
    let left = 0;
    const admitted = (): Promise<Admitted> =>
      Promise.resolve({
        arrivedAt: performance.now(),
        enter: () => Promise.resolve(null),
        leave: () => void (left += 1),
      });
    let unwrap: ServiceParts['unwrap'] = () => Promise.resolve(unwrapResult());
    const limiter = { ...letsAllIn, arrive: admitted };
    const parts: Partial<ServiceParts> = { limiter, unwrap: (...args) => unwrap(...args), logBug: () => undefined };
    const service = await startService({}, parts);
    expect((await service.send('/v1/unwrap', { headers, body })).status).to.equal(200);
    expect(left).to.equal(1);
    unwrap = () => Promise.reject(new Error('bug'));
    expect((await service.send('/v1/unwrap', { headers, body })).status).to.equal(500);
    expect(left).to.equal(2);
    await service.close();
  });

  it('asks nobody about routes that do no work', async () => {
    const arrive = (): never => expect.fail('must not be asked');
    const service = await startService({}, { limiter: { ...letsAllIn, arrive } });
    for (const path of ['/ping', '/livez', '/readyz', '/openapi.json', '/nowhere']) {
      expect((await service.send(path)).status, path).to.be.below(500);
    }
    expect((await service.send('/v1/validate')).status).to.equal(405);
    await service.close();
  });

  const refusing = (refusal: 'no-bid' | 'error', noted: unknown[] = []): Partial<ServiceParts> => ({
    limiter: { ...letsAllIn, arrive: () => Promise.resolve(refusal) },
    unwrap: () => Promise.reject(new Error('must not be tried')),
    traceRequest: () => expect.fail('a refusal leaves no span'),
    noteRefusal: (...note) => noted.push(note),
  });

  it('refuses by the answer of the route, which it counts, and keeps the connection', async () => {
    const noted: unknown[] = [];
    const service = await startService({}, refusing('no-bid', noted));
    const big = 'x'.repeat(100_000);
    const replies = [
      await service.send('/v1/unwrap', { headers, body: big }),
      await service.send('/v1/unwrap?url=x'),
      await service.send('/v1/unwrap?url=x', { method: 'HEAD' }),
      await service.send('/v1/openrtb2/unwrap', { headers, body: big }),
      await service.send('/v1/validate', { headers, body: big }),
      await service.send('/unwrap', { method: 'POST', body: big }),
    ];
    expect(replies.map(({ status, reused }) => [status, reused])).to.deep.equal([
      [200, false],
      [204, true],
      [204, true],
      [204, true],
      [204, true],
      [200, true],
    ]);
    expect(JSON.parse(replies[0]!.text)).to.include({ status: 'shed', vastError: null, reason: 'overload', adm: null });
    expect(replies.map((reply) => reply.headers['vast-status'])).to.deep.equal([
      'shed',
      'shed',
      'shed',
      'shed',
      undefined,
      'shed',
    ]);
    expect(replies[5]!.headers).to.include({ 'unwrap-status': '15', 'unwrap-count': '0' });
    expect(noted.slice(0, 2)).to.deep.equal([
      [{ method: 'POST', route: '/v1/unwrap' }, 200],
      [{ method: 'GET', route: '/v1/unwrap' }, 204],
    ]);
    expect(noted).to.have.length(6);
    await service.close();
  });

  it('refuses by the same answers what has no room once it was read, and keeps the connection', async () => {
    const full = (refusal: 'no-bid' | 'error'): Partial<ServiceParts> => ({
      limiter: {
        ...letsAllIn,
        arrive: () =>
          Promise.resolve({
            arrivedAt: performance.now(),
            enter: () => Promise.resolve(refusal),
            leave: () => undefined,
          }),
      },
      unwrap: () => Promise.reject(new Error('must not be tried')),
    });
    const service = await startService({}, full('no-bid'));
    const batch = JSON.stringify({ request: { imp: [{ id: '1' }] }, response: { seatbid: [] } });
    expect(JSON.parse((await service.send('/v1/unwrap', { headers, body })).text)).to.include({ status: 'shed' });
    const replies = [
      await service.send('/v1/unwrap?url=x'),
      await service.send('/v1/openrtb2/unwrap', { headers, body: batch }),
      await service.send('/v1/validate', { headers, body }),
      await service.send('/unwrap', { method: 'POST', body: '<VAST/>' }),
    ];
    expect(replies.map(({ status, reused }) => [status, reused])).to.deep.equal([
      [204, true],
      [204, true],
      [204, true],
      [200, true],
    ]);
    expect(replies[3]!.headers).to.include({ 'unwrap-status': '15' });
    await service.close();
    const strict = await startService({}, full('error'));
    expect((await strict.send('/v1/unwrap', { headers, body })).status).to.equal(503);
    await strict.close();
  });

  it('refuses by an error that says when to come again', async () => {
    const service = await startService({}, refusing('error'));
    const reply = await service.send('/v1/unwrap', { headers, body });
    expect(reply.status).to.equal(503);
    expect(reply.headers).to.include({ 'retry-after': '1', 'content-type': 'application/problem+json' });
    expect(JSON.parse(reply.text)).to.include({ code: 'overloaded', status: 503 });
    expect((await service.send('/ping')).reused).to.equal(true);
    await service.close();
  });
});
