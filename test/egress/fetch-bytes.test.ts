import { expect } from 'chai';
import { Deadline } from '../../src/deadline.ts';
import { createFetchBytes } from '../../src/egress/fetch-bytes.ts';
import { createEgress } from '../../src/egress/egress.ts';
import { startAdServer } from '../support/ad-server.ts';

describe('fetchBytes', () => {
  const egress = createEgress({
    allow: ['127.0.0.1'],
    ports: [],
    client: 'got',
    maxDocumentBytes: 1024,
    userAgent: 'test',
  });
  const fetchBytes = createFetchBytes('probe/1', egress.send);
  after(() => egress.close());

  const ask = async (url: string): ReturnType<typeof fetchBytes> => {
    const deadline = Deadline.after(5000);
    const fetched = await fetchBytes(url, { first: 0, last: 99 }, deadline);
    deadline.cancel();
    return fetched;
  };

  it('asks for a range without content coding, and follows redirects', async () => {
    await using server = await startAdServer({ '/a': { redirect: '/b' }, '/b': { status: 206, body: 'part' } });
    const { outcome, exchanges } = await ask(`${server.base}/a`);
    expect(outcome).to.include({ ok: true, httpStatus: 206 });
    expect(exchanges.map(({ httpStatus }) => httpStatus)).to.deep.equal([302, 206]);
    expect(server.requests[1]!.headers).to.include({
      range: 'bytes=0-99',
      'accept-encoding': 'identity',
      'user-agent': 'probe/1',
    });
  });

  it('takes no more than it asked for', async () => {
    await using server = await startAdServer({ '/': { body: Buffer.alloc(5_000_000) } });
    const { outcome } = await ask(`${server.base}/`);
    expect(outcome.ok && outcome.body.length).to.equal(100);
    expect(await server.requests[0]!.ended).to.equal('closed-by-client');
  });

  it('goes nowhere that the guard refuses', async () => {
    await using server = await startAdServer({ '/': { redirect: 'http://127.0.0.2:1/' } });
    const { outcome } = await ask(`${server.base}/`);
    expect(!outcome.ok && outcome.failure.reason).to.equal('egress-blocked');
  });
});
