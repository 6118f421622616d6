import { expect } from 'chai';
import type { Settled } from '../../src/chain/step.ts';
import { judge, type JudgedChain, type Judgement } from '../../src/unwrap/judge.ts';
import type { InLine } from '../../src/vast/ad.ts';
import type { Imp } from '../../src/openrtb/objects.ts';
import { linearsOf, mediaFileElements } from '../../src/vast/creative.ts';
import type { FindingsAsked } from '../../src/unwrap/request.ts';
import { mediaVerdict } from '../support/media-verdict.ts';
import { unwrapRequest } from '../support/unwrap-request.ts';
import { hopReport } from '../support/unwrap-result.ts';
import { inLineAd, read, vast } from '../support/vast-text.ts';

const document = read(vast(inLineAd()));
const settled: Settled = { kind: 'settled', hop: 0, document, inline: document.ads[0] as InLine, branch: [] };

function judged(imp: Imp | null, over: Partial<JudgedChain> = {}, asked: FindingsAsked = 'all'): Judgement {
  const hops = [hopReport({ kind: 'inline', document, text: document.text, version: '4.1' })];
  const chain: JudgedChain = {
    settled: [settled],
    pod: false,
    failures: [],
    hops,
    merged: [],
    media: [],
    drift: null,
    deadlineMs: 100,
    ...over,
  };
  return judge(unwrapRequest({ adm: '' }, { imp }), chain, {}, asked);
}

describe('judge', () => {
  it('holds the ad against the imp, and says which finding forbids to show it', () => {
    const { rejection } = judged({ video: { mimes: ['video/webm'] } });
    expect(rejection).to.include({ vastError: 403, severity: 'error' });
    expect(judged({ video: { mimes: ['video/mp4'], maxduration: 30 } }).rejection).to.equal(null);
  });

  it('rejects an InLine of companions alone where there is an imp, and takes it where there is none', () => {
    const companion = '<Companion width="1" height="1"><HTMLResource>a</HTMLResource></Companion>';
    const bare = read(
      vast(
        `<Ad id="a"><InLine><AdSystem>S</AdSystem><AdTitle>T</AdTitle><Impression>https://t.example</Impression><Creatives><Creative><CompanionAds>${companion}</CompanionAds></Creative></Creatives></InLine></Ad>`,
      ),
    );
    const ad: Settled = { ...settled, document: bare, inline: bare.ads[0] as InLine };
    const hops = [hopReport({ kind: 'inline', document: bare, text: bare.text })];
    expect(judged({ video: { mimes: ['video/mp4'] } }, { settled: [ad], hops }).rejection).not.to.equal(null);
    expect(judged(null, { settled: [ad], hops }).rejection).to.equal(null);
  });

  it('tells of a document that could not be read, and where', () => {
    const defect = { code: 100, message: 'the tag <Ad> is not closed', line: 3, column: 1, errorUrls: [] } as const;
    const hops = [hopReport({ kind: 'failed', error: 'not-xml', message: defect.message, defect, text: '<VAST>' })];
    const { findings, rejection } = judged({ video: {} }, { settled: [], hops });
    expect(findings.map(({ vastError, line }) => [vastError, line])).to.deep.include([100, 3]);
    expect(rejection).to.equal(null);
  });

  it('names the hop of the ad also while others are under way', () => {
    const hop = hopReport({ kind: 'inline', document, text: document.text, version: '4.1' });
    const ad = { ...settled, hop: 2 };
    const { rejection } = judged({ video: { mimes: ['video/webm'] } }, { settled: [ad], hops: [null, hop, hop, null] });
    expect(rejection).to.include({ vastError: 403, hop: 2 });
  });

  it('spares the work where nobody looks and nothing can be rejected', () => {
    expect(judged(null, {}, 'rejection').findings).to.deep.equal([]);
    const { rejection, findings } = judged({ video: { mimes: ['video/webm'] } }, {}, 'rejection');
    expect(rejection).to.deep.equal(judged({ video: { mimes: ['video/webm'] } }).rejection);
    expect(findings).to.deep.equal([rejection]);
  });

  it('lets a file that cannot be had reject the ad, with or without an imp', () => {
    const [file] = linearsOf(settled.inline.body).flatMap(mediaFileElements);
    const media = [mediaVerdict({ url: file!.text, outcome: 'unreachable' })];
    for (const asked of ['all', 'rejection'] as const) {
      expect(judged(null, { media }, asked).rejection).to.include({
        rule: 'media/unreachable',
        vastError: 401,
      });
      expect(judged(null, { media: [mediaVerdict({ url: file!.text })] }, asked).rejection).to.equal(null);
    }
  });

  it('finds no host slow for what our own process was late', () => {
    const slow = (ownDelayMs: number): boolean => {
      const hop = hopReport({ kind: 'inline', document, text: document.text, version: '4.1', ms: 80 });
      const hops = [{ ...hop, exchanges: [{ ...hop.exchanges[0]!, ownDelayMs }] }];
      return judged(null, { hops }).findings.some(({ rule }) => rule === 'chain/slow-hop');
    };
    expect([slow(0), slow(40)]).to.deep.equal([true, false]);
  });
});
