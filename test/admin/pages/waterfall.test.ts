import { expect } from 'chai';
import { waterfall } from '../../../src/admin/pages/waterfall.ts';
import { redactFor, SHOW_ALL } from '../../../src/debug/redact.ts';
import { debugRun } from '../../support/debug-run.ts';
import { hopReport } from '../../support/unwrap-result.ts';

describe('waterfall', () => {
  const draw = (...args: Parameters<typeof debugRun>): string => waterfall(debugRun(...args), SHOW_ALL).markup;

  it('draws each phase where it happened, with its figure', () => {
    const drawn = draw();
    for (const phase of ['dns', 'tcp', 'tls', 'ttfb', 'download']) expect(drawn).to.include(`<rect class="${phase}"`);
    expect(drawn).to.include('DNS 1.0 · connect 3.1 · TLS 4.0 · first byte 3.2 · body 0.8 ms');
  });

  it('redacts what is asked for', () => {
    const run = debugRun({ hops: [hopReport({ url: 'https://ads.example/vast?cb=123&token=CANARY' })] });
    expect(waterfall(run, redactFor(run.request)).markup)
      .to.include('https://ads.example/vast?cb=123&amp;token=REDACTED')
      .and.not.include('CANARY');
  });

  it('marks redirects, cache hits and failures', () => {
    const [exchange] = hopReport().exchanges;
    const hops = [
      hopReport({ exchanges: [exchange!, exchange!] }),
      hopReport({ cache: 'hit', exchanges: [] }),
      hopReport({ kind: 'failed', error: 'timeout', exchanges: [] }),
    ];
    expect(draw({ hops })).to.include('1 redirect<').and.include('cache: hit').and.include('the deadline passed');
  });

  it('says where a certificate was at hand', () => {
    const [exchange] = hopReport().exchanges;
    const asked = (certificate: boolean): string =>
      draw({ hops: [hopReport({ exchanges: [{ ...exchange!, certificate }] })] });
    expect(asked(true)).to.include('asked with a certificate');
    expect(asked(false)).not.to.include('certificate');
  });

  it('is as long as the run, with the names of both deadlines', () => {
    const hops = [hopReport({ startedAt: 1000, ms: 340 })];
    const drawn = draw({ hops, deadline: { tmax: 5000, elapsedMs: 340 } }, { tmaxMs: 5000, auctionMs: 100 });
    expect(drawn).to.include('0 to 354 ms');
    expect(drawn).to.match(/<text[^>]*x="28\.28%"[^>]*>an auction waits 100 ms</);
    expect(drawn.match(/<line class="limit auction"/g)).to.have.lengthOf(1);
    expect(drawn).not.to.include('<line class="limit own"');
    expect(drawn).to.include('this run waited at most 5.00 s, beyond the end');
  });

  it('draws the deadline that a run came to', () => {
    const hops = [hopReport({ startedAt: 1000, ms: 5000, error: 'timeout', kind: 'failed' })];
    const drawn = draw({ hops, deadline: { tmax: 5000, elapsedMs: 5000 } }, { tmaxMs: 5000, auctionMs: 100 });
    expect(drawn)
      .to.match(/text-anchor="end"[^>]*>this run waited at most 5\.00 s</)
      .and.not.include('beyond the end');
  });

  it('draws what took no time at all', () => {
    const hops = [hopReport({ cache: 'given', startedAt: 1000, ms: 0, exchanges: [] })];
    expect(draw({ hops, deadline: { tmax: 80, elapsedMs: 0 } })).not.to.match(/NaN|Infinity/);
  });

  it('says where there was nothing to draw', () => {
    expect(draw({ hops: [] })).to.include('Nothing was asked for');
  });
});
