import { expect } from 'chai';
import { Deadline } from '../../src/deadline.ts';
import { followRedirects, isRedirect } from '../../src/egress/follow-redirects.ts';
import type { SendRequest } from '../../src/egress/send-request.ts';
import type { Exchange } from '../../src/unwrap/result.ts';
import type { Outgoing } from '../../src/egress/outgoing.ts';

const first: Outgoing = {
  url: 'http://a.example/0',
  target: new URL('http://a.example/0'),
  method: 'GET',
  headers: { 'x-device-ip': '203.0.113.0' },
  maxBytes: 10,
  overflow: 'fail',
  wantsBody: () => true,
};

/** Answers each URL as its table says: a location to go to, or a status to end with. */
const sendBy = (table: Record<string, string | number>, asked: Outgoing[] = []): SendRequest => {
  return (outgoing) => {
    asked.push(outgoing);
    const row = table[outgoing.url]!;
    const exchange = { host: new URL(outgoing.url).host, url: outgoing.url } as Exchange;
    const headers = typeof row === 'string' ? { location: row } : {};
    const httpStatus = typeof row === 'string' ? 302 : row;
    return Promise.resolve({ exchange, outcome: { ok: true, httpStatus, headers, body: Buffer.alloc(0) } });
  };
};

describe('followRedirects', () => {
  let deadline: Deadline;
  beforeEach(() => {
    deadline = Deadline.after(60_000);
  });
  afterEach(() => deadline.cancel());

  it('follows three redirects, relative ones too, and sends the same headers to each', async () => {
    const asked: Outgoing[] = [];
    const table = {
      'http://a.example/0': '/1',
      'http://a.example/1': '//b.example/2',
      'http://b.example/2': 'https://c.example/3?x=1',
      'https://c.example/3?x=1': 200,
    };
    const followed = await followRedirects(sendBy(table, asked), first, deadline);
    expect(followed.url).to.equal('https://c.example/3?x=1');
    expect(followed.exchanges).to.have.length(4);
    expect(followed.outcome).to.include({ ok: true, httpStatus: 200 });
    expect(asked.map(({ url }) => url)).to.deep.equal(Object.keys(table));
    for (const { headers } of asked) expect(headers).to.equal(first.headers);
  });

  it('refuses the fourth', async () => {
    const table = Object.fromEntries([0, 1, 2, 3].map((n) => [`http://a.example/${n}`, `/${n + 1}`]));
    const { outcome, exchanges } = await followRedirects(sendBy(table), first, deadline);
    expect(!outcome.ok && outcome.failure.reason).to.equal('redirects');
    expect(exchanges).to.have.length(4);
  });

  it('ends with the reply of a redirect without a target', async () => {
    const { outcome } = await followRedirects(sendBy({ 'http://a.example/0': 302 }), first, deadline);
    expect(outcome).to.include({ ok: true, httpStatus: 302 });
  });

  it('calls a target that is no URL a fault of the host', async () => {
    const { outcome } = await followRedirects(sendBy({ 'http://a.example/0': 'http://[' }), first, deadline);
    expect(!outcome.ok && outcome.failure.reason).to.equal('http-protocol');
  });
});

describe('isRedirect', () => {
  it('knows the five', () => {
    const statuses = Array.from({ length: 200 }, (_, index) => 200 + index);
    expect(statuses.filter(isRedirect)).to.deep.equal([301, 302, 303, 307, 308]);
  });
});
