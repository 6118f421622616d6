import { expect } from 'chai';
import { FAILURES, type FailureReason } from '../../src/chain/failure.ts';
import { verdict as verdictOn } from '../../src/debug/verdict.ts';
import type { UnwrapRequest } from '../../src/unwrap/request.ts';
import type { UnwrapResult } from '../../src/unwrap/result.ts';
import { unwrapRequest } from '../support/unwrap-request.ts';
import { hopReport, unwrapResult } from '../support/unwrap-result.ts';

/** The verdict on a tag that a player asked for. */
const verdict = (result: UnwrapResult, auctionMs: number, over: Partial<UnwrapRequest> = {}) =>
  verdictOn({ result, auctionMs, request: { ...unwrapRequest({ url: 'https://a.example/' }, { imp: {} }), ...over } });

describe('verdict', () => {
  it('says of an ad that was saved by mending that no player could have shown it', () => {
    const finding = { rule: 'document/repaired', severity: 'warning', vastError: null, lossReason: null, hop: 1, path: null, line: 3, message: 'x', spec: null } as const; // prettier-ignore
    const { tone, sentence, blame } = verdict(unwrapResult({ findings: [finding] }), 100);
    expect([tone, blame]).to.deep.equal(['doubtful', 1]);
    expect(sentence).to.contain('No player could have shown').and.contain('hop 1');
  });

  const ad = (seconds = 0.04) => ({ deadline: { tmax: 5000, elapsedMs: seconds * 1000 } });
  const finding = {
    rule: 'media-file/mime-accepted',
    severity: 'error',
    vastError: 403,
    lossReason: null,
    hop: 1,
    path: null,
    line: 3,
    message: 'no media file is of a type that the imp takes',
    spec: null,
  } as const;

  it('is good where an ad came in time', () => {
    expect(verdict(unwrapResult(ad()), 100)).to.deep.equal({
      tone: 'good',
      sentence: 'An SSP would show this ad: 1 wrapper, 40 ms.',
      others: [],
      unfilled: [],
      blame: null,
      advice: null,
    });
  });

  it('never says that an ad would be shown where no player was chosen', () => {
    const { tone, sentence } = verdict(unwrapResult(ad()), 100, { imp: null });
    expect(tone).to.equal('open');
    expect(sentence).to.include('no player was chosen').and.not.include('would show');
    const doubted = verdict(unwrapResult({ ...ad(), findings: [finding] }), 100, { imp: null });
    expect(doubted.sentence).to.include('no player was chosen').and.include('no media file is of a type');
  });

  it('tells what costs the most first, and the others by what they cost', () => {
    const rules = ['openrtb/secure-media', 'url/too-long', 'openrtb/maxduration', 'openrtb/mimes', 'document/no-media'];
    const findings = rules.map((rule) => ({ ...finding, rule, message: rule }));
    const twice = [...findings, { ...finding, rule: 'openrtb/maxduration', message: 'openrtb/maxduration', line: 9 }];
    const rejected = { status: 'rejected', reason: 'openrtb/secure-media', findings: twice } as const;
    const { sentence, others } = verdict(unwrapResult({ ...ad(0.34), ...rejected }), 100);
    expect(sentence).to.include('An SSP would drop this bid').and.include('document/no-media');
    expect(others.map((each) => each.sentence.slice(0, 14))).to.deep.equal([
      'openrtb/mimes.',
      'openrtb/maxdur',
      'It took 340 ms',
      'openrtb/secure',
      'url/too-long.',
    ]);
    expect(others[1]!.sentence).to.include('(2 times)');
    expect(others[1]).to.include({ whom: 'ads.example' });
  });

  it('does not take one file of several that cannot be played for all', () => {
    const lost = { ...finding, rule: 'media/unreachable', message: 'the file answers 404' };
    const mimes = { ...finding, rule: 'openrtb/mimes' };
    const { sentence } = verdict(unwrapResult({ ...ad(), findings: [lost, mimes] }), 100);
    expect(sentence).to.include('no media file is of a type').and.not.include('No player');
  });

  it('names what of the tag nobody had filled', () => {
    const url = 'https://a.example/?cb=%%CACHEBUSTER%%&g=${GDPR}&ip={{ip}}&t=[timestamp]&ok=[CACHEBUSTING]&d=%%DONE%%';
    const over = { input: { url }, macros: { DONE: 1 } };
    const { tone, unfilled } = verdict(unwrapResult(ad()), 100, over);
    expect(tone).to.equal('doubtful');
    expect(unfilled).to.deep.equal(['%%CACHEBUSTER%%', '${GDPR}', '{{ip}}', '[timestamp]']);
  });

  it('names the slowest hop where an auction would not have waited', () => {
    const slow = { index: 1, kind: 'inline', host: 'slow.example', startedAt: 1011, ms: 320 } as const;
    const hops = [hopReport({ ms: 10 }), hopReport(slow)];
    const { tone, sentence, blame, advice } = verdict(unwrapResult({ ...ad(0.34), hops }), 100);
    expect({ tone, blame }).to.deep.equal({ tone: 'doubtful', blame: 1 });
    expect(sentence).to.include('340 ms').and.include('100 ms').and.include('slow.example alone took 320 ms');
    expect(advice?.whom).to.equal('slow.example');
  });

  describe('blames nobody for what our own process was late', () => {
    const late = (ownDelayMs: number, more: object = {}) => {
      const hop = { ...hopReport({ startedAt: 1000, ms: 80 }), ...more };
      const times = { startedAt: hop.startedAt, endedAt: hop.startedAt + hop.ms, ownDelayMs };
      return { ...hop, exchanges: [{ ...hop.exchanges[0]!, ...times, error: hop.error }] };
    };

    it('where an ad would have come in time without it', () => {
      const elapsed = { deadline: { tmax: 5000, elapsedMs: 160 } };
      const own = verdict(unwrapResult({ ...elapsed, hops: [late(40), late(30, { index: 1, startedAt: 1080 })] }), 100);
      expect(own).to.deep.include({ tone: 'doubtful', blame: null });
      expect(own.sentence).to.include('our own process was 70 ms late');
      expect(own.advice).to.include({ whom: 'whoever runs this service' });
      const theirs = verdict(unwrapResult({ ...elapsed, hops: [late(40, { ms: 160 }), late(30, { ms: 160 })] }), 100);
      expect(theirs.advice?.whom, 'hops side by side waited together').to.equal('ads.example');
      expect(theirs.sentence).to.include('ads.example alone took 130 ms, and our own process was 40 ms late');
    });

    it('where no host was waited for', () => {
      const given = hopReport({ cache: 'given', exchanges: [], host: null, ms: 130 });
      const { sentence, advice } = verdict(unwrapResult({ ...ad(0.14), hops: [given] }), 100);
      expect(sentence).to.include('our own process was 140 ms late');
      expect(advice?.whom).to.equal('whoever runs this service');
    });

    it('where nothing was left of the time for a hop', () => {
      const hops = [
        late(80),
        hopReport({ index: 1, host: 'b.example', kind: 'failed', error: 'hopeless', exchanges: [] }),
      ];
      const deadline = { tmax: 100, elapsedMs: 82 };
      const { sentence, advice } = verdict(
        unwrapResult({ status: 'timeout', reason: 'hopeless', hops, deadline }),
        100,
      );
      expect(sentence).to.include('our own process was 80 ms late');
      expect(advice?.whom).to.equal('whoever runs this service');
    });

    it('where the deadline passed', () => {
      const timeout = (ownDelayMs: number) => {
        const hops = [late(ownDelayMs, { ms: 117, error: 'timeout' as const })];
        return verdict(unwrapResult({ status: 'timeout', reason: 'timeout', hops }), 100);
      };
      expect(timeout(107).sentence).to.include('; our own process was 107 ms late.');
      expect(timeout(107).advice?.tell).not.to.include('faster');
      expect(timeout(107).advice?.whom).to.equal('whoever runs this service');
      expect(timeout(20).advice).to.deep.include({ whom: 'ads.example' });
      expect(timeout(20).sentence).not.to.include('our own');
    });
  });

  it('doubts an ad with an error finding', () => {
    const { tone, sentence } = verdict(unwrapResult({ ...ad(), findings: [finding] }), 100);
    expect(tone).to.equal('doubtful');
    expect(sentence).to.include('no media file is of a type');
  });

  it('says which finding rejected an ad', () => {
    const result = unwrapResult({ status: 'rejected', reason: finding.rule, findings: [finding], vastError: 403 });
    expect(verdict(result, 100)).to.deep.include({
      tone: 'bad',
      sentence: 'An SSP would drop this bid although there is an ad: no media file is of a type that the imp takes.',
      blame: 1,
      advice: { whom: 'ads.example', tell: 'No media file is of a type that the imp takes.' },
    });
  });

  it('tells what to do where the rule says it', () => {
    const known = { ...finding, rule: 'required/ad-title' };
    const result = unwrapResult({ ...ad(), findings: [known] });
    expect(verdict(result, 100).advice).to.deep.equal({ whom: 'ads.example', tell: 'Give the ad a title.' });
  });

  const failedAt1 = (reason: FailureReason) =>
    unwrapResult({
      status: FAILURES[reason].status,
      reason,
      hops: [
        hopReport({ adSystem: 'Exchange' }),
        hopReport({ index: 1, host: 'bad.example', kind: 'failed', error: reason }),
      ],
    });

  for (const reason of Object.keys(FAILURES) as FailureReason[]) {
    it(`blames the hop that ended with ${reason}, and says what to tell whom`, () => {
      const { sentence, blame, advice } = verdict(failedAt1(reason), 100);
      expect(sentence).to.include(reason === 'not-xml' ? 'cannot be read as XML' : FAILURES[reason].title);
      expect(sentence).to.include('hop 1 (bad.example)');
      expect(blame).to.equal(1);
      expect(advice?.whom).to.be.oneOf(['bad.example', 'Exchange, ads.example', 'whoever runs this service']);
    });
  }

  it('says what came in place of a document', () => {
    const hops = [
      hopReport({ error: 'not-xml', kind: 'failed', text: '<!doctype html><html><title>Bad Gateway</title></html>' }),
    ];
    const result = unwrapResult({ status: 'invalid', reason: 'not-xml', hops });
    expect(verdict(result, 100).sentence).to.include(
      'an HTML page, "Bad Gateway", came with status 200, and no VAST document at hop 0',
    );
    expect(verdict(result, 100).advice!.tell).to.match(/^Look at the server/);
    const page = { text: '<html><title>502 Bad Gateway</title></html>', httpStatus: 502 };
    const failed = [hopReport({ error: 'http-status', kind: 'failed', ...page })];
    expect(
      verdict(unwrapResult({ status: 'unreachable', reason: 'http-status', hops: failed }), 100).sentence,
    ).to.include('an HTML page, "502 Bad Gateway", came with status 502, and no VAST document at hop 0');
  });

  it('sends who gave the tag to those who gave it where the first hop failed by its address', () => {
    const result = unwrapResult({
      status: 'blocked',
      reason: 'egress-blocked',
      hops: [hopReport({ error: 'egress-blocked' })],
    });
    expect(verdict(result, 100).advice?.whom).to.equal('who gave you the tag');
  });

  it('says that nothing was tried under overload', () => {
    const result = unwrapResult({ status: 'shed', reason: 'overload', hops: [] });
    expect(verdict(result, 100)).to.deep.include({ tone: 'bad', blame: null });
  });
});
