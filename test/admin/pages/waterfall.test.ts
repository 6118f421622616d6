import { expect } from 'chai';
import { waterfall } from '../../../src/admin/pages/waterfall.ts';
import { debugRun } from '../../support/debug-run.ts';
import { hopReport } from '../../support/unwrap-result.ts';

describe('waterfall', () => {
  const draw = (...args: Parameters<typeof debugRun>): string => waterfall(debugRun(...args)).markup;

  it('draws each phase where it happened, with its figure', () => {
    const drawn = draw();
    for (const phase of ['dns', 'tcp', 'tls', 'ttfb', 'download']) expect(drawn).to.include(`<rect class="${phase}"`);
    expect(drawn).to.include('DNS 1.0 · connect 3.1 · TLS 4.0 · first byte 3.2 · body 0.8 ms');
  });

  it('redacts what is asked for', () => {
    expect(draw()).to.include('https://ads.example/vast?cb=REDACTED').and.not.include('cb=123');
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

  it('draws the line of the auction, and that of the request where it is near', () => {
    const lines = (tmaxMs: number): number => draw({}, { tmaxMs }).split('<line class="limit"').length - 1;
    expect([lines(5000), lines(110)]).to.deep.equal([2, 4]);
  });

  it('draws what took no time at all', () => {
    const hops = [hopReport({ cache: 'given', startedAt: 1000, ms: 0, exchanges: [] })];
    expect(draw({ hops, deadline: { tmax: 80, elapsedMs: 0 } })).not.to.match(/NaN|Infinity/);
  });

  it('says where there was nothing to draw', () => {
    expect(draw({ hops: [] })).to.include('Nothing was asked for');
  });
});
