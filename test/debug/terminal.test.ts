import { expect } from 'chai';
import { drawReport, type DrawnHop, type DrawnReport } from '../../src/debug/terminal.ts';

const hop = (over: Partial<DrawnHop> = {}): DrawnHop => ({
  index: 0,
  kind: 'wrapper',
  host: 'ads.example',
  cache: 'miss',
  startMs: 0,
  ms: 10,
  ownDelayMs: 0,
  phases: { dns: 1, tcp: 1, tls: 3, ttfb: 3, download: 2 },
  version: '4.2',
  slot: null,
  error: null,
  message: null,
  ...over,
});

const report = (over: Partial<DrawnReport> = {}): DrawnReport => ({
  status: 'resolved',
  vastError: null,
  reason: null,
  wrappers: 1,
  deadline: { tmax: 100, elapsedMs: 20 },
  hops: [hop(), hop({ index: 1, kind: 'inline', host: 'dsp.example', startMs: 10 })],
  ads: [],
  findings: [],
  errorUrls: [],
  ...over,
});

describe('drawReport', () => {
  it('says where it was mostly our own process that was late', () => {
    const late = report({ hops: [hop({ ms: 110, ownDelayMs: 107 }), hop({ ms: 110, ownDelayMs: 12 })] });
    expect(drawReport(late, 80).match(/our own process was \d+ ms late/g)).to.deep.equal([
      'our own process was 107 ms late',
    ]);
  });

  it('draws the hops one below the other, each where it began and as long as it took', () => {
    expect(drawReport(report(), 80)).to.equal(`resolved  1 wrapper · 20 of 100 ms

  #  host         kind     VAST  cache    ms  0                          20.0 ms
  0  ads.example  wrapper  4.2   miss   10.0  ░░░░░░░░░▒▒▒▒▒███
  1  dsp.example  inline   4.2   miss   10.0                   ░░░░░░░░░▒▒▒▒▒███
  ░ connect  ▒ wait  █ download  ▏ nothing sent
`);
  });

  it('keeps within its width, whatever the hosts are called', () => {
    const hops = [hop({ host: 'x'.repeat(200), error: 'timeout', message: 'y'.repeat(300) })];
    const lines = drawReport(report({ hops }), 100).split('\n');
    expect(Math.max(...lines.map(({ length }) => length))).to.be.at.most(100);
  });

  it('says why a hop failed, and draws what it waited for to the end', () => {
    const phases = { dns: 1, tcp: 1, tls: null, ttfb: null, download: null };
    const text = drawReport(report({ hops: [hop({ ms: 20, phases, error: 'timeout', message: 'no reply' })] }), 80);
    expect(text).to.contain('timeout: no reply');
    expect(text).to.match(/░+▒+\n/);
  });

  it('marks a hop for which nothing was sent', () => {
    expect(drawReport(report({ hops: [hop({ cache: 'hit', phases: null, startMs: 10 })] }), 80)).to.match(
      /hit .* {2}▏\n/,
    );
  });

  it('shows the slots of a pod, and none elsewhere', () => {
    const text = drawReport(report({ hops: [hop(), hop({ slot: 0 }), hop({ slot: 1 })] }), 80);
    expect(text).to.contain('#  slot  host').and.to.contain('2  2     ads.example');
    expect(drawReport(report(), 80)).not.to.contain('slot');
  });

  it('lists ads, findings by severity, and error URLs', () => {
    const ad = { adSystem: 'ads', adTitle: 'Film', adType: 'video', durationSec: 15, sequence: 2, mediaFiles: [1, 2] };
    const finding = { hop: 1, line: 7, message: 'was found' };
    const text = drawReport(
      report({
        ads: [ad],
        findings: [
          { ...finding, rule: 'a/info', severity: 'info' },
          { ...finding, rule: 'a/error', severity: 'error', hop: null, line: null },
        ],
        errorUrls: ['https://e.example/?303'],
      }),
    );
    expect(text).to.contain('ad 2  Film · ads · video of 15 s · 2 media files');
    expect(text).to.match(/error +a\/error\n +was found\n +info +a\/info {2}hop 1, line 7\n/);
    expect(text).to.contain('error URLs to tell:\n    https://e.example/?303');
  });

  it('says how it ended', () => {
    const text = drawReport(report({ status: 'no_ad', vastError: 303, reason: 'no-ad', wrappers: 2, hops: [] }));
    expect(text).to.equal('no_ad  no-ad · VAST error 303 · 2 wrappers · 20 of 100 ms\n');
  });

  it('paints where there are colours', () => {
    expect(drawReport(report({ hops: [] }), 80, (style, text) => `<${style}>${text}`)).to.contain(
      '<bold><green>resolved',
    );
  });
});
