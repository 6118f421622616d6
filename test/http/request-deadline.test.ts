import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { ParameterizedContext } from 'koa';
import type { Deadline } from '../../src/deadline.ts';
import { startDeadline } from '../../src/http/request-deadline.ts';

describe('startDeadline', () => {
  it('ends when the caller hangs up', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const started = new Promise<Deadline>((resolve) => {
      server.once('request', (_request, res) =>
        resolve(startDeadline({ res, state: {} } as ParameterizedContext, 10_000)),
      );
    });
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    const deadline = await started;
    expect(deadline.expired).to.equal(false);
    const ended = new Promise<void>((resolve) => void deadline.onEnd(resolve));
    socket.destroy();
    await ended;
    expect(deadline.endedBy).to.equal('closed');
    server.close();
  });
});
