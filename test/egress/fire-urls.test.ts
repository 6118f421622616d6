import { expect } from 'chai';
import { createFireUrls, type FireUrlsSettings } from '../../src/egress/fire-urls.ts';
import type { SendRequest } from '../../src/egress/send-request.ts';
import type { Sent } from '../../src/egress/outgoing.ts';

const ok: Sent = { exchange: null, outcome: { ok: true, httpStatus: 200, headers: {}, body: Buffer.alloc(0) } };
const failed: Sent = { exchange: null, outcome: { ok: false, failure: { reason: 'reset', message: 'a: gone' } } };
const settings: FireUrlsSettings = { userAgent: 'test', maxPerRequest: 40, maxPerHost: 10 };

/** A sender that remembers what it was to tell. */
function recorder(answer: (url: string) => Promise<Sent> = () => Promise.resolve(ok)) {
  const told: string[] = [];
  const send: SendRequest = ({ url }) => {
    told.push(url);
    return answer(url);
  };
  return { told, send };
}
const urls = (count: number, host = 'a'): readonly string[] =>
  Array.from({ length: count }, (_, index) => `http://${host}/${index}`);

describe('createFireUrls', () => {
  it('tells every URL once, whatever comes of the others', async () => {
    const { told, send } = recorder((url) => Promise.resolve(url.endsWith('2') ? failed : ok));
    const { fire, dropped } = createFireUrls(settings, send);
    expect(await fire(['http://a/1', 'http://a/2', 'http://a/1', 'http://a/3'])).to.equal(2);
    expect(told).to.deep.equal(['http://a/1', 'http://a/2', 'http://a/3']);
    expect(dropped(), 'what was told once is not dropped').to.equal(0);
  });

  it('tells a host only so many of one request, and all hosts together', async () => {
    const { told, send } = recorder();
    const { fire, dropped } = createFireUrls(settings, send);
    expect(await fire(urls(1016))).to.equal(10);
    expect(told).to.deep.equal(urls(10));
    expect(dropped()).to.equal(1006);
    const many = Array.from({ length: 100 }, (_, index) => `http://host-${index}/`);
    expect(await fire(many)).to.equal(40);
    expect(dropped()).to.equal(1066);
  });

  it('leaves alone who failed too often', async () => {
    const { told, send } = recorder();
    const { fire, dropped } = createFireUrls(settings, send, (host) => host === 'bad.example:8080');
    expect(await fire(['http://bad.example:8080/1', 'http://good.example/1'])).to.equal(1);
    expect(told).to.deep.equal(['http://good.example/1']);
    expect(dropped()).to.equal(1);
  });

  it('counts what found no room to wait', () => {
    const { send } = recorder(() => new Promise(() => undefined));
    const { fire, dropped } = createFireUrls({ ...settings, concurrency: 1, maxWaiting: 3 }, send);
    void fire(urls(5));
    expect(dropped()).to.equal(2);
    void fire(urls(5, 'b'));
    expect(dropped()).to.equal(6);
  });

  it('gives up what takes too long', async () => {
    const send: SendRequest = (_, deadline) => new Promise((resolve) => void deadline.onEnd(() => resolve(failed)));
    expect(await createFireUrls({ ...settings, timeoutMs: 5 }, send).fire(['http://a/'])).to.equal(0);
  });

  it('never throws, whatever the URLs are', async () => {
    const { send } = recorder(() => Promise.resolve(failed));
    expect(await createFireUrls(settings, send).fire(['', 'no url', 'javascript:x', 'http://['])).to.equal(0);
  });
});
