import { expect } from 'chai';
import { FAILURES, type FailureReason } from '../../src/chain/failure.ts';
import { sentenceOf, verdict } from '../../src/debug/verdict.ts';
import { hopReport, unwrapResult } from '../support/unwrap-result.ts';

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
      blame: null,
      advice: null,
    });
  });

  it('names the slowest hop where an auction would not have waited', () => {
    const hops = [hopReport({ ms: 10 }), hopReport({ index: 1, kind: 'inline', host: 'slow.example', ms: 320 })];
    const { tone, sentence, blame, advice } = verdict(unwrapResult({ ...ad(0.34), hops }), 100);
    expect({ tone, blame }).to.deep.equal({ tone: 'doubtful', blame: 1 });
    expect(sentence).to.include('340 ms').and.include('100 ms').and.include('slow.example alone took 320 ms');
    expect(advice?.whom).to.equal('slow.example');
  });

  describe('blames nobody for what our own process was late', () => {
    const late = (ownDelayMs: number, more: object = {}, index = 0) => {
      const hop = hopReport({ index, ms: 117 });
      const times = { startedAt: 1000, endedAt: 1117, ownDelayMs, ...more };
      return { ...hop, exchanges: [{ ...hop.exchanges[0]!, ...times }] };
    };

    it('where an ad would have come in time without it', () => {
      const elapsed = { deadline: { tmax: 5000, elapsedMs: 160 } };
      const own = verdict(unwrapResult({ ...elapsed, hops: [late(40), late(30, {}, 1)] }), 100);
      expect(own).to.deep.include({ tone: 'doubtful', blame: null });
      expect(own.sentence).to.include('our own process was 70 ms late');
      expect(own.advice).to.include({ whom: 'whoever runs this service' });
      const theirs = verdict(unwrapResult({ ...elapsed, hops: [late(40), late(30, {}, 0)] }), 100);
      expect(theirs.advice?.whom, 'hops side by side waited together').to.equal('ads.example');
    });

    it('where the deadline passed', () => {
      const timeout = (ownDelayMs: number) => {
        const hops = [{ ...late(ownDelayMs, { error: 'timeout' }), error: 'timeout' as const }];
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

  it('makes sentences of messages, names left as they are', () => {
    expect(sentenceOf('the media is late.')).to.equal('The media is late.');
    expect(sentenceOf('it ends: truncated?')).to.equal('It ends: truncated?');
    for (const name of ['firstQuartile is twice', 'no-host.example: gone', '4 ads', 'VAST has no xmlns']) {
      expect(sentenceOf(name)).to.equal(`${name}.`);
    }
  });

  it('says that nothing was tried under overload', () => {
    const result = unwrapResult({ status: 'shed', reason: 'overload', hops: [] });
    expect(verdict(result, 100)).to.deep.include({ tone: 'bad', blame: null });
  });
});
