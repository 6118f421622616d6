import { expect } from 'chai';
import { createFireUrls } from '../../src/egress/fire-urls.ts';
import type { Sent, SendRequest } from '../../src/egress/send-request.ts';

const ok: Sent = { exchange: null, outcome: { ok: true, httpStatus: 200, headers: {}, body: Buffer.alloc(0) } };
const failed: Sent = { exchange: null, outcome: { ok: false, failure: { reason: 'reset', message: 'a: gone' } } };

describe('createFireUrls', () => {
  it('tells every URL once, whatever comes of the others', async () => {
    const told: string[] = [];
    const send: SendRequest = ({ url, headers }) => {
      told.push(`${url} ${headers['user-agent']}`);
      return Promise.resolve(url.endsWith('2') ? failed : ok);
    };
    const fire = createFireUrls({ userAgent: 'test' }, send);
    expect(await fire(['http://a/1', 'http://a/2', 'http://a/1'])).to.equal(2);
    expect(told).to.deep.equal(['http://a/1 test', 'http://a/2 test', 'http://a/1 test']);
  });

  it('has only so many under way and so many waiting', async () => {
    const ends: (() => void)[] = [];
    const send: SendRequest = () => new Promise((resolve) => ends.push(() => resolve(ok)));
    const fire = createFireUrls({ userAgent: 'test', concurrency: 2, maxWaiting: 3 }, send);
    const done = fire(Array.from({ length: 10 }, (_, index) => `http://a/${index}`));
    for (let finished = 0; finished < 5; finished += 1) {
      expect(ends.length - finished).to.be.at.most(2);
      ends[finished]!();
      await new Promise(setImmediate);
    }
    expect(await done).to.equal(5);
    expect(ends).to.have.length(5);
  });

  it('gives up what takes too long', async () => {
    const send: SendRequest = (_, deadline) => new Promise((resolve) => void deadline.onEnd(() => resolve(failed)));
    expect(await createFireUrls({ userAgent: 'test', timeoutMs: 5 }, send)(['http://a/'])).to.equal(0);
  });
});
