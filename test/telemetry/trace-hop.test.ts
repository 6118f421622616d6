import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import { startRequestSpan } from '../../src/telemetry/request-span.ts';
import { addressOf, serverOf } from '../../src/telemetry/trace-hop.ts';
import { startTracing } from '../support/tracing.ts';
import { hopReport } from '../support/unwrap-result.ts';

const report = hopReport({ index: 1, kind: 'inline', cache: 'hit', exchanges: [], ownDelayMs: 0.126, adSystem: 'S' });

describe('traceHop', () => {
  it('links a kept reply to the span that fetched it, and has no GET below', () => {
    const { tracing, spans } = startTracing();
    const cause = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 };
    const request = startRequestSpan(tracing, { method: 'POST', route: '/v1/unwrap', headers: {} });
    request.trace.hop(1, 90.123).end(report, cause);
    const [span, ...more] = spans();
    expect(more).to.deep.equal([]);
    expect(span!.links.map(({ context }) => context.spanId)).to.deep.equal([cause.spanId]);
    expect(span!.attributes).to.include({
      'vast.cache.result': 'hit',
      'vast.deadline.remaining_ms': 90.12,
      'vast.own_delay_ms': 0.13,
    });
  });
});

describe('a span that waits for its batch', () => {
  it('keeps no document', () => {
    const at = (path: string): string => JSON.stringify(join(import.meta.dirname, '../..', path));
    const source = `
      import { startRequestSpan } from ${at('src/telemetry/request-span.ts')};
      import { readDocument } from ${at('src/vast/document.ts')};
      import { startTracing } from ${at('test/support/tracing.ts')};
      import { hopOf } from ${at('test/support/unwrap-result.ts')};
      const { tracing, spans } = startTracing();
      const request = startRequestSpan(tracing, { method: 'POST', route: '/v1/unwrap', headers: {} });
      const trace = (index) => {
        const ad = '<Ad><Wrapper><AdSystem>A system with a name of its own</AdSystem>' +
          '<VASTAdTagURI>https://a.example/</VASTAdTagURI></Wrapper></Ad>';
        const text = Buffer.from('<VAST version="4.2">' + ad + '<!--' + index + 'x'.repeat(200_000) + '--></VAST>');
        request.trace.hop(0, 1).end(hopOf(readDocument(text.toString()).document), null);
      };
      const heap = () => { gc(); return process.memoryUsage().heapUsed; };
      trace(0);
      const before = heap();
      for (let index = 1; index <= 200; index += 1) trace(index);
      const kept = heap() - before;
      const { 'vast.ad_system': system } = spans().at(-1).attributes;
      console.log(JSON.stringify({ system, megabytes: kept / 1e6 }));`;
    const { stdout } = spawnSync(process.execPath, ['--expose-gc', '--input-type=module-typescript', '-e', source], {
      encoding: 'utf8',
    });
    const { system, megabytes } = JSON.parse(stdout) as { system: string; megabytes: number };
    expect(system).to.equal('A system with a name of its own');
    // with its documents it would be 40
    expect(megabytes).to.be.below(10);
  });
});

describe('serverOf', () => {
  it('tells the name from the port, of addresses in brackets too', () => {
    const cases = [
      ['ads.example', { 'server.address': 'ads.example' }],
      ['ads.example:8443', { 'server.address': 'ads.example', 'server.port': 8443 }],
      ['203.0.113.7:80', { 'server.address': '203.0.113.7', 'server.port': 80 }],
      ['[2001:db8::1]', { 'server.address': '[2001:db8::1]' }],
      ['[2001:db8::1]:8443', { 'server.address': '[2001:db8::1]', 'server.port': 8443 }],
      ['', { 'server.address': '' }],
    ] as const;
    for (const [host, server] of cases) {
      expect(serverOf(host)).to.deep.equal(server);
      expect(addressOf(host)).to.equal(server['server.address']);
    }
    expect(serverOf(null)).to.deep.equal({});
  });
});
