import { once } from 'node:events';
import { expect } from 'chai';
import type { Deadline } from '../../src/deadline.ts';
import { earlyResult } from '../../src/http/early-result.ts';
import type { UnwrapRequest } from '../../src/unwrap/request.ts';
import type { UnwrapResult } from '../../src/unwrap/result.ts';
import { limiterOf } from '../support/limiters.ts';
import { type Reply, startService, type TestService } from '../support/service.ts';
import { unwrapResult } from '../support/unwrap-result.ts';

const JSON_TYPE = { 'Content-Type': 'application/json' };
const XML_TYPE = { 'Content-Type': 'application/xml' };

describe('unwrapRoute', () => {
  let service: TestService;
  let seen: { request: UnwrapRequest; deadline: Deadline };
  const limiter = limiterOf(10);
  let answer: (deadline: Deadline) => Promise<UnwrapResult>;
  const fired: string[] = [];

  before(async () => {
    service = await startService(
      { MAX_BODY_BYTES: '2048' },
      {
        unwrap: (request, deadline) => {
          seen = { request, deadline };
          return answer(deadline);
        },
        limiter,
        fireErrors: (urls) => fired.push(...urls),
      },
    );
  });
  beforeEach(() => {
    answer = () => Promise.resolve(unwrapResult());
  });
  afterEach(async () => {
    expect(await service.send('/ping')).to.include({ status: 204 });
    expect(limiter.inFlight()).to.equal(0);
  });
  after(() => service.close());

  const typeOf = (reply: Reply): string | undefined => reply.headers['content-type']?.split(';')[0];

  describe('input', () => {
    it('takes JSON', async () => {
      await service.unwrap({ url: 'https://ads.example/', tmax: 70 });
      expect(seen.request.input).to.deep.equal({ url: 'https://ads.example/' });
      expect(seen.deadline.budgetMs).to.equal(70);
    });

    for (const type of ['application/xml', 'text/xml', 'Text/XML; charset=utf-8']) {
      it(`takes a document as ${type} with its options in the query`, async () => {
        const headers = { 'Content-Type': type };
        await service.send('/v1/unwrap?tmax=60&maxWrappers=2', { headers, body: '<VAST a="ü"/>' });
        expect(seen.request.input).to.deep.equal({ adm: '<VAST a="ü"/>' });
        expect(seen.request.options.maxWrappers).to.equal(2);
        expect(seen.deadline.budgetMs).to.equal(60);
      });
    }

    it('decodes a document by its charset, and keeps what was odd about it', async () => {
      const latin1 = { 'Content-Type': 'text/xml; charset=iso-8859-1' };
      await service.send('/v1/unwrap', { headers: latin1, body: Buffer.from('<VAST a="ü"/>', 'latin1') });
      const message = 'the Content-Type header names the charset "iso-8859-1"';
      expect(seen.request.input).to.deep.equal({ adm: '<VAST a="ü"/>', notes: [{ of: 'charset', message }] });
    });

    it('takes a url from the query', async () => {
      const url = 'https://ads.example/vast?a=1&b=[X]';
      await service.send(`/v1/unwrap?url=${encodeURIComponent(url)}&onTimeout=collapse`);
      expect(seen.request.input).to.deep.equal({ url });
      expect(seen.request.options.onTimeout).to.equal('collapse');
    });
  });

  describe('output', () => {
    const post = (headers: Record<string, string>) => service.unwrap({ url: 'x' }, headers);

    it('is JSON for JSON, XML for GET and for XML', async () => {
      expect(typeOf(await post({}))).to.equal('application/json');
      expect(typeOf(await service.send('/v1/unwrap?url=x'))).to.equal('application/xml');
      expect(typeOf(await service.send('/v1/unwrap', { headers: XML_TYPE, body: '<VAST/>' }))).to.equal(
        'application/xml',
      );
    });

    for (const [accept, json, get] of [
      ['*/*', 'application/json', 'application/xml'],
      ['application/xml', 'application/xml', 'application/xml'],
      ['text/xml', 'text/xml', 'text/xml'],
      ['application/json', 'application/json', 'application/json'],
      ['application/json;q=0.5, application/xml', 'application/xml', 'application/xml'],
      ['application/json, application/xml;q=0.9', 'application/json', 'application/json'],
      ['application/xml;q=0, */*', 'application/json', 'text/xml'],
      ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'application/xml', 'application/xml'],
      ['image/png', 'application/json', 'application/xml'],
    ] as const) {
      it(`follows Accept: ${accept}`, async () => {
        expect(typeOf(await post({ Accept: accept }))).to.equal(json);
        expect(typeOf(await service.send('/v1/unwrap?url=x', { headers: { Accept: accept } }))).to.equal(get);
      });
    }

    it('has the headers of the result in both forms', async () => {
      for (const Accept of ['application/json', 'application/xml']) {
        const { headers } = await post({ Accept });
        expect(headers).to.include({ 'vast-status': 'resolved', 'vast-wrappers': '1', vary: 'Accept' });
        expect(headers['server-timing']).to.match(/^total;dur=/);
      }
    });

    it('lists trackers only with include=trackers', async () => {
      const sent = { headers: JSON_TYPE, body: '{"url":"x"}' };
      expect(JSON.parse((await service.send('/v1/unwrap', sent)).text)).to.not.have.property('trackers');
      const { text } = await service.send('/v1/unwrap?include=trackers', sent);
      expect(JSON.parse(text)).to.deep.include({ trackers: [] });
    });

    it('fires error URLs once the answer is out, where the caller wants it', async () => {
      answer = () => Promise.resolve(unwrapResult({ status: 'no_ad', adm: null, errorUrls: ['https://e.example/'] }));
      await service.unwrap({ url: 'x' });
      await service.send('/ping');
      expect(fired).to.deep.equal([]);
      await service.unwrap({ url: 'x', options: { fireErrors: true } });
      await service.send('/ping');
      expect(fired).to.deep.equal(['https://e.example/']);
    });
  });

  describe('refusals', () => {
    for (const [what, status, code, sent] of [
      ['no JSON', 400, 'bad-json', { headers: JSON_TYPE, body: '{' }],
      ['an empty body', 400, 'bad-json', { headers: JSON_TYPE, body: '' }],
      ['wrong fields', 400, 'bad-field', { headers: JSON_TYPE, body: '{"tmax":"x"}' }],
      ['too large a body', 413, 'body-too-large', { headers: JSON_TYPE, body: ' '.repeat(4000) }],
      [
        'a body that turns out too large',
        413,
        'body-too-large',
        { headers: { ...XML_TYPE, 'Transfer-Encoding': 'chunked' }, body: ' '.repeat(400_000) },
      ],
      [
        'a form',
        415,
        'unsupported-media-type',
        { headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'a=b' },
      ],
      ['no type', 415, 'unsupported-media-type', { body: '{}' }],
      [
        'a type out of the prototype',
        415,
        'unsupported-media-type',
        { headers: { 'Content-Type': 'constructor' }, body: '{}' },
      ],
      ['a coding', 415, 'unsupported-encoding', { headers: { ...JSON_TYPE, 'Content-Encoding': 'br' }, body: 'x' }],
      ['no gzip', 415, 'unsupported-encoding', { headers: { ...JSON_TYPE, 'Content-Encoding': 'gzip' }, body: 'x' }],
    ] as const) {
      it(`answers ${status} ${code} to ${what}, and keeps the connection`, async () => {
        const reply = await service.send('/v1/unwrap', { method: 'POST', ...sent });
        expect(reply.status).to.equal(status);
        expect(reply.headers['content-type']).to.equal('application/problem+json');
        expect(JSON.parse(reply.text)).to.include({ code, status });
        expect(reply.headers.connection).to.equal('keep-alive');
        expect((await service.send('/ping')).reused).to.equal(true);
      });
    }

    it('answers 400 to a query with wrong options, and names them', async () => {
      const reply = await service.send('/v1/unwrap?tmax=x&probe=y');
      expect(reply.status).to.equal(400);
      const { errors } = JSON.parse(reply.text) as { errors: { field: string }[] };
      expect(errors.map(({ field }) => field)).to.have.members(['url', 'tmax', 'probe']);
    });
  });

  describe('deadline', () => {
    it('counts a slow body, and is over when the body came too late', async () => {
      answer = (deadline) =>
        Promise.resolve(earlyResult('timeout', { tmax: deadline.budgetMs, elapsedMs: deadline.elapsed() }));
      const socket = await service.connect();
      socket.write(
        'POST /v1/unwrap HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 21\r\n\r\n{"url":"x",',
      );
      await new Promise((resolve) => setTimeout(resolve, 30));
      socket.write('"tmax":10');
      socket.write('}');
      await once(socket, 'data');
      expect(seen.deadline.expired).to.equal(true);
      expect(seen.deadline.budgetMs).to.equal(10);
      socket.destroy();
    });

    it('does not wait for a document longer than the query says', async () => {
      const socket = await service.connect();
      socket.write(
        'POST /v1/unwrap?tmax=10 HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\nContent-Length: 21\r\n\r\n<VAST',
      );
      const [reply] = (await once(socket, 'data')) as [Buffer];
      expect(reply.toString()).to.match(/^HTTP\/1\.1 204 [^]*\r\nVAST-Status: timeout\r\n/);
      socket.destroy();
    });

    it('ends with the answer', async () => {
      await service.unwrap({ url: 'x' });
      await service.send('/ping');
      expect(seen.deadline.endedBy).to.equal('closed');
    });

    it('ends when the caller hangs up', async () => {
      const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
      const { promise: ended, resolve: end } = Promise.withResolvers<unknown>();
      answer = (deadline) => {
        begin();
        return new Promise((resolve) => {
          deadline.onEnd(() => {
            end(deadline.endedBy);
            resolve(unwrapResult());
          });
        });
      };
      const socket = await service.connect();
      socket.write('GET /v1/unwrap?url=x&tmax=1000 HTTP/1.1\r\nHost: a\r\n\r\n');
      await begun;
      socket.destroy();
      expect(await ended).to.equal('closed');
    });
  });
});

describe('unwrapRoute, a body that never ends', () => {
  it('answers in time, and the connection can be used once the body is there', async () => {
    const service = await startService({ TMAX_DEFAULT_MS: '20', TMAX_MAX_MS: '20' });
    const socket = await service.connect();
    socket.write('POST /v1/unwrap HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\nContent-Length: 10\r\n\r\n<VAST');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString())
      .to.match(/^HTTP\/1\.1 204 /)
      .and.match(/VAST-Status: timeout/i);
    socket.write('/>   GET /ping HTTP/1.1\r\nHost: a\r\n\r\n');
    const [next] = (await once(socket, 'data')) as [Buffer];
    expect(next.toString()).to.match(/^HTTP\/1\.1 204 /);
    socket.destroy();
    await service.close();
  });
});

describe('unwrapRoute under overload', () => {
  it('is ready though there is no room at the moment: others would only get its load as well', async () => {
    const service = await startService({}, { limiter: limiterOf(0) });
    expect(JSON.parse((await service.unwrap({ url: 'x' })).text)).to.include({ status: 'shed' });
    expect((await service.send('/readyz')).status).to.equal(200);
    await service.close();
  });

  it('is not ready once nothing could be let in for seconds', async () => {
    const service = await startService({}, { limiter: { ...limiterOf(0), isStuck: () => true } });
    expect((await service.send('/readyz')).status).to.equal(503);
    await service.close();
  });
});
