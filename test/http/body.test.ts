import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { gzipSync as gzip } from 'node:zlib';
import { expect } from 'chai';
import { Deadline } from '../../src/deadline.ts';
import { type BodyOutcome, readBody } from '../../src/http/body.ts';
import { RequestError } from '../../src/http/problem.ts';
import { startService } from '../support/service.ts';

describe('readBody', () => {
  let server: Server;
  let socket: Socket;
  let deadline: Deadline;

  beforeEach(async () => {
    deadline = Deadline.after(60_000);
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  });
  afterEach(() => {
    deadline.cancel();
    socket.destroy();
    server.close();
    server.closeAllConnections();
  });

  const head = (fields: string): string => `POST / HTTP/1.1\r\nHost: a\r\n${fields}\r\n\r\n`;
  async function received(maxBytes = 10): Promise<{ arrival: Promise<BodyOutcome>; response: ServerResponse }> {
    const [request, response] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
    const arrival = readBody(request, maxBytes, deadline);
    arrival.catch(() => {});
    return { arrival, response };
  }
  async function codeOf(arrival: Promise<BodyOutcome>): Promise<string> {
    try {
      return (await arrival).kind;
    } catch (error) {
      if (error instanceof RequestError) return error.code;
      throw error;
    }
  }

  it('puts chunks together', async () => {
    socket.write(`${head('Transfer-Encoding: chunked')}3\r\nabc\r\n`);
    const { arrival } = await received();
    socket.write('2\r\nde\r\n0\r\n\r\n');
    const body = await arrival;
    expect(body.kind === 'complete' && body.bytes.toString()).to.equal('abcde');
  });

  it('takes a body of just the limit, and none at all', async () => {
    socket.write(`${head('Content-Length: 10')}0123456789`);
    expect(await codeOf((await received()).arrival)).to.equal('complete');
  });

  it('refuses a body by what it declares, without waiting for it', async () => {
    socket.write(head('Content-Length: 11'));
    expect(await codeOf((await received()).arrival)).to.equal('body-too-large');
  });

  it('refuses a body as soon as it is over the limit', async () => {
    socket.write(`${head('Transfer-Encoding: chunked')}b\r\n01234567890\r\n`);
    expect(await codeOf((await received()).arrival)).to.equal('body-too-large');
  });

  const send = (coding: string, body: Buffer): void => {
    socket.write(head(`Content-Length: ${body.length}\r\nContent-Encoding: ${coding}`));
    socket.write(body);
  };

  for (const coding of ['gzip', 'GZIP', ' x-gzip', 'identity']) {
    it(`takes ${coding}`, async () => {
      // what is sent may be larger than what it says
      const sent = Buffer.from('abc');
      send(coding, coding === 'identity' ? sent : gzip(sent));
      const { arrival } = await received(100);
      const body = await arrival;
      expect(body.kind === 'complete' && body.bytes.toString()).to.equal('abc');
    });
  }

  for (const coding of ['br', 'deflate', 'zstd', 'snappy', 'gzip, gzip']) {
    it(`refuses ${coding} by name`, async () => {
      send(coding, Buffer.from('abc'));
      const error: unknown = await (await received()).arrival.catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(RequestError).with.property('code', 'unsupported-encoding');
      expect((error as RequestError).message).to.contain(`“${coding}”`);
      expect((error as RequestError).headers).to.deep.equal({ 'Accept-Encoding': 'gzip, identity' });
    });
  }

  for (const [coding, words] of [
    ['utf-8', ['utf-8']],
    ['UTF-8, gzip', ['utf-8']],
    ['none', ['none']],
    ['application/json', ['application/json']],
    ['null, binary', ['null', 'binary']],
    ['', []],
    [' , ', []],
    ['"identity"', []],
  ] as const) {
    it(`takes “${coding}” for no coding, and says so`, async () => {
      send(coding, coding.includes('gzip') ? gzip(Buffer.from('abc')) : Buffer.from('abc'));
      const body = await (await received(100)).arrival;
      expect(body.kind === 'complete' && body.bytes.toString()).to.equal('abc');
      const notes = body.kind === 'complete' ? body.notes : [];
      expect(notes).to.deep.equal(
        words.map((word) => ({ of: 'content-coding', message: `Content-Encoding says "${word}"` })),
      );
    });
  }

  it('takes gzip of just the limit', async () => {
    send('gzip', gzip(Buffer.alloc(100)));
    expect(await codeOf((await received(100)).arrival)).to.equal('complete');
  });

  it('refuses gzip that grows beyond the limit', async () => {
    send('gzip', gzip(Buffer.alloc(1_000_000)));
    expect(await codeOf((await received(2000)).arrival)).to.equal('body-too-large');
  });

  for (const [what, body] of [
    ['is none', Buffer.from('abc')],
    ['is cut off', gzip(Buffer.from('abcdef')).subarray(0, 15)],
    ['has a wrong checksum', Buffer.concat([gzip(Buffer.from('abc')).subarray(0, -8), Buffer.alloc(8)])],
  ] as const) {
    it(`refuses gzip that ${what}`, async () => {
      send('gzip', body);
      expect(await codeOf((await received(100)).arrival)).to.equal('unsupported-encoding');
    });
  }

  it('gives up at the deadline', async () => {
    socket.write(`${head('Content-Length: 5')}abc`);
    const { arrival } = await received();
    deadline.cancel('timeout');
    expect(await codeOf(arrival)).to.equal('late');
  });

  it('notices a caller who hangs up', async () => {
    socket.write(`${head('Content-Length: 5')}abc`);
    const { arrival } = await received();
    socket.destroy();
    expect(await codeOf(arrival)).to.equal('gone');
  });
});

describe('drainBody', () => {
  it('cuts off a caller who sends on and on after a refusal', async () => {
    const service = await startService({ MAX_BODY_BYTES: '1024' });
    const socket = await service.connect();
    socket.on('error', () => {});
    socket.write('POST /v1/unwrap HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\nContent-Length: 999999999\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).to.match(/^HTTP\/1\.1 413 /);
    const closed = new Promise((resolve) => socket.on('close', resolve));
    const chunk = Buffer.alloc(65_536);
    const send = (): void => {
      while (!socket.destroyed && socket.write(chunk));
    };
    socket.on('drain', send);
    send();
    await closed;
    await service.close();
  });
});
