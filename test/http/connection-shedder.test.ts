import { expect } from 'chai';
import fc from 'fast-check';
import { type ConnectionShedder, createConnectionShedder } from '../../src/http/connection-shedder.ts';
import { type Reply, startService, type TestService } from '../support/service.ts';
import { unwrapResult } from '../support/unwrap-result.ts';

function turns(shedder: ConnectionShedder): number {
  let count = 0;
  while (shedder.takeTurn()) count += 1;
  return count;
}

describe('createConnectionShedder', () => {
  it('ends nothing before it is told of its peers', () => expect(turns(createConnectionShedder(2))).to.equal(0));

  for (const [what, own, all, workers, expected] of [
    ['nothing where it holds its share', 100, 200, 2, 0],
    ['nothing at the ratio itself', 200, 300, 2, 0],
    ['a quarter of what is beyond the ratio', 240, 340, 2, 10],
    ['one where a quarter is less', 201, 301, 2, 1],
    ['a quarter of what is beyond a few, where its peers hold nothing', 50, 50, 3, 10],
    ['nothing of a few', 10, 10, 2, 0],
    ['nothing where there are no peers', 1000, 1000, 1, 0],
  ] as const) {
    it(`ends ${what}`, () => {
      const shedder = createConnectionShedder(2);
      shedder.weigh(own, all, workers);
      expect(turns(shedder)).to.equal(expected);
    });
  }

  it('forgets what it did not end when it is told again', () => {
    const shedder = createConnectionShedder(2);
    shedder.weigh(240, 340, 2);
    shedder.weigh(240, 340, 2);
    expect(turns(shedder)).to.equal(10);
  });

  it('brings any spread within the ratio, where callers connect again to the workers in turn', () => {
    const spread = fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(spread, fc.double({ min: 1.1, max: 5, noNaN: true }), (start, ratio) => {
        const held = [...start];
        const workers = held.map(() => createConnectionShedder(ratio));
        let next = 0;
        for (let second = 0; second < 300; second += 1) {
          const all = held.reduce((sum, each) => sum + each, 0);
          workers.forEach((worker, index) => worker.weigh(held[index]!, all, held.length));
          for (const [index, worker] of workers.entries()) {
            const ended = turns(worker);
            held[index]! -= ended;
            for (let again = 0; again < ended; again += 1) held[(next += 1) % held.length]! += 1;
          }
        }
        const all = held.reduce((sum, each) => sum + each, 0);
        for (const own of held) {
          expect(own).to.be.at.most(Math.max(10, Math.ceil((ratio * (all - own)) / (held.length - 1)) + held.length));
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('shedConnections', () => {
  let service: TestService | undefined;
  afterEach(async () => {
    await service?.close();
    service = undefined;
  });

  /** A service of which every answer that may end its connection does. */
  const start = async (status: 'resolved' | 'collapsed' | 'no_ad' | 'timeout' | 'shed'): Promise<TestService> => {
    const parts = { unwrap: () => Promise.resolve(unwrapResult({ status })) };
    service = await startService({ CONNECTION_SHED_RATIO: '1.1' }, parts);
    const sockets = await Promise.all(Array.from({ length: 11 }, service.connect));
    sockets.forEach((socket) => socket.resume());
    await service.send('/ping');
    service.service.shedConnections(12, 2);
    return service;
  };
  const unwrap = (to: TestService, accept: string): Promise<Reply> =>
    to.unwrap({ url: 'http://a' }, { Accept: accept });

  for (const status of ['resolved', 'collapsed'] as const) {
    it(`ends the connection with an answer that is ${status}, once per turn`, async () => {
      const to = await start(status);
      expect(to.service.connections()).to.equal(12);
      expect((await unwrap(to, 'application/json')).headers.connection).to.equal('close');
      const next = await unwrap(to, 'application/json');
      expect(next.reused).to.equal(false);
      expect(next.headers.connection).to.equal('keep-alive');
    });
  }

  for (const status of ['no_ad', 'timeout', 'shed'] as const) {
    for (const accept of ['application/json', 'application/xml']) {
      it(`leaves it open behind ${status} as ${accept}`, async () => {
        const to = await start(status);
        expect((await unwrap(to, accept)).headers.connection).to.equal('keep-alive');
      });
    }
  }

  it('ends it with a BidResponse, which has no status of its own', async () => {
    const to = await start('resolved');
    const request = { id: 'r', imp: [{ id: '1', video: {} }] };
    const response = { id: 'r', seatbid: [{ bid: [{ id: 'b', impid: '1', adm: 'http://a' }] }] };
    const body = JSON.stringify({ request, response });
    const reply = await to.send('/v1/openrtb2/unwrap', { headers: { 'Content-Type': 'application/json' }, body });
    expect(reply.status).to.equal(200);
    expect(reply.headers.connection).to.equal('close');
  });

  it('leaves it open behind an error and a ping', async () => {
    const to = await start('resolved');
    for (const path of ['/ping', '/nowhere', '/v1/unwrap']) {
      expect((await to.send(path)).headers.connection, path).to.equal('keep-alive');
    }
    expect((await unwrap(to, 'application/json')).headers.connection).to.equal('close');
  });
});
