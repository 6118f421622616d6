import { expect } from 'chai';
import type { FollowedChain } from '../../src/unwrap/followed-chain.ts';
import { conclusionKey } from '../../src/unwrap/conclusion-key.ts';
import type { Chain } from '../../src/unwrap/follow.ts';
import type { HopReport } from '../../src/unwrap/result.ts';
import type { InLine } from '../../src/vast/ad.ts';
import { readDocument, type VastDocument } from '../../src/vast/document.ts';
import { unwrapRequest } from '../support/unwrap-request.ts';
import { hopReport } from '../support/unwrap-result.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

function documentOf(id: string): VastDocument {
  const read = readDocument(vast(inLineAd({ id })));
  if (!read.ok) throw new Error(read.defect.message);
  return read.document;
}

describe('conclusionKey', () => {
  const document = documentOf('a');
  const hit = hopReport({ cache: 'hit', exchanges: [], document });
  const imp = { id: '1', video: { mimes: ['video/mp4'] } };
  const url = 'https://a.example/v';
  const chainOf = (...hops: HopReport[]): Chain => ({ settled: [], pod: false, failures: [], misfits: [], hops });
  const followed = (over: Partial<FollowedChain> = {}, request: object = {}): FollowedChain =>
    ({
      chain: chainOf(hit),
      media: [],
      request: unwrapRequest({ url }, request),
      ...over,
    }) as unknown as FollowedChain;
  const keyOf = (over?: Partial<FollowedChain>, request?: object): string | null =>
    conclusionKey(followed(over, request));

  it('is the same for the same documents and question', () => {
    expect(keyOf()).to.be.a('string').and.equal(keyOf());
    const later = hopReport({ cache: 'hit', exchanges: [], document, ms: 99, startedAt: 5, url: 'https://b.example' });
    expect(keyOf({ chain: chainOf(later) })).to.equal(keyOf());
  });

  it('is another for the same text read again, for another order, and for another slot', () => {
    const again = hopReport({ cache: 'hit', document: documentOf('a') });
    const keys = [[again], [hit, again], [again, hit], [{ ...hit, slot: 1 }], [{ ...hit, index: 1 }]].map((hops) =>
      keyOf({ chain: chainOf(...hops) }),
    );
    expect(new Set([...keys, keyOf()]).size).to.equal(keys.length + 1);
  });

  it('does not go by the id that each auction gives its imp', () => {
    expect(keyOf({}, { imp })).to.equal(keyOf({}, { imp: { ...imp, id: 'another' } }));
    expect(keyOf({}, { imp })).not.to.equal(keyOf({}, { imp: { ...imp, video: { mimes: [] } } }));
  });

  it('goes by the tag as written only where findings may quote it', () => {
    const request = unwrapRequest({ url: `${url}?x` });
    expect(keyOf({ request, findings: 'rejection' })).to.equal(keyOf({ findings: 'rejection' }));
    expect(keyOf({ request, findings: 'all' })).not.to.equal(keyOf({ findings: 'all' }));
  });

  it('goes by what is known of files, and not where one was late', () => {
    const read = { url, outcome: 'read' } as never;
    expect(keyOf({ media: [read] })).to.equal(keyOf({ media: [read] }));
    expect(keyOf({ media: [read] })).not.to.equal(keyOf());
    expect(keyOf({ media: [{ url, outcome: 'late' } as never] })).to.equal(null);
  });

  it('goes by which ad was taken, and by what failed', () => {
    const read = readDocument(vast(inLineAd({ id: 'a' }), inLineAd({ id: 'b' })));
    const both = (read as { document: VastDocument }).document;
    const taking = (inline: InLine): Partial<FollowedChain> => ({
      chain: { ...chainOf(hit), settled: [{ kind: 'settled', hop: 0, document: both, inline, branch: [] }] },
    });
    const [first, second] = both.ads as readonly InLine[];
    expect(keyOf(taking(first!))).to.equal(keyOf(taking(first!)));
    expect(keyOf(taking(first!))).not.to.equal(keyOf(taking(second!)));
    const failing = (reason: string): Partial<FollowedChain> =>
      ({
        chain: { ...chainOf(hit), failures: [{ failure: { reason, message: '' }, branch: [], unresolved: null }] },
      }) as never;
    expect(keyOf(failing('no-ad'))).not.to.equal(keyOf(failing('broken-ad')));
  });

  it('is none where a reply was fetched, given, or shared with others who waited, and for a bid', () => {
    for (const cache of ['miss', 'given', 'coalesced', 'shared'] as const) {
      expect(keyOf({ chain: chainOf(hit, hopReport({ cache, document })) }), cache).to.equal(null);
    }
    expect(keyOf({}, { bid: { id: 'b', impid: '1', price: 1 } })).to.equal(null);
  });
});
