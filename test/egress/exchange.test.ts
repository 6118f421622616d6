import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { expect } from 'chai';
import { exchangeOf } from '../../src/egress/exchange.ts';
import { startMarks } from '../../src/egress/phases.ts';

const url = new URL('https://ads.example:8443/vast?cb=1');

describe('exchangeOf', () => {
  it('reports a request that got a reply, without its cookies', () => {
    const marks = {
      ...startMarks(() => 5),
      reused: true,
      ownDelayMs: 3,
      repliedAt: 9,
      socket: { remoteAddress: '192.0.2.1' } as Socket,
    };
    const reply = {
      statusCode: 200,
      headers: { 'content-type': 'text/xml', 'set-cookie': ['id=secret'], 'x-other': '1', age: '3' },
    } as unknown as IncomingMessage;
    expect(exchangeOf({ url, marks, reply, bytes: 7, endedAt: 11, error: null })).to.deep.equal({
      url: 'https://ads.example:8443/vast?cb=1',
      host: 'ads.example:8443',
      startedAt: 5,
      endedAt: 11,
      phases: { dns: null, tcp: null, tls: null, ttfb: 4, download: 2 },
      reused: true,
      peerAddress: '192.0.2.1',
      httpStatus: 200,
      headers: { 'content-type': 'text/xml', age: '3' },
      bytes: 7,
      ownDelayMs: 3,
      error: null,
    });
  });

  it('reports a request that got none', () => {
    const exchange = exchangeOf({ url, marks: startMarks(() => 5), reply: null, bytes: 0, endedAt: 8, error: 'dns' });
    expect(exchange).to.deep.include({ peerAddress: null, httpStatus: null, headers: {}, bytes: 0, error: 'dns' });
    expect(exchange.phases.dns).to.equal(3);
  });
});
