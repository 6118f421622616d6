import { type View, viewOf } from '../../src/admin/pages/view.ts';
import { emptyForm } from '../../src/debug/debug-form.ts';
import type { DebugRun } from '../../src/debug/run.ts';
import { mergeAds } from '../../src/merge/merge.ts';
import type { UnwrapResult } from '../../src/unwrap/result.ts';
import { readDocument } from '../../src/vast/document.ts';
import { hopOf, unwrapResult } from './unwrap-result.ts';
import { unwrapRequest } from './unwrap-request.ts';

/** How a run is shown to its own viewer, or to others. */
export const viewOfRun = (run: DebugRun, isOwn = true): View =>
  viewOf({ ...run, owner: 'me' }, isOwn ? 'me' : null, { base: 'http://localhost:8080', maxTmaxMs: 1000 });

/** A run of the debug page that began at 1000 on the monotonic clock. */
export function debugRun(result: Partial<UnwrapResult> = {}, changes: Partial<DebugRun> = {}): DebugRun {
  return {
    id: 'abcdefghijklmnopqrstuv',
    at: '2026-11-21T08:30:00.000Z',
    owner: null,
    form: { ...emptyForm(5000, 5), tag: 'https://ads.example/vast?cb=123' },
    player: 'an in-stream web player',
    request: unwrapRequest({ url: 'https://ads.example/vast?cb=123' }, { imp: { video: {} } }),
    tmaxMs: 5000,
    auctionMs: 100,
    before: null,
    undone: [],
    startedAt: 1000,
    traceId: null,
    result: unwrapResult(result),
    vmap: null,
    ...changes,
  };
}

const WRAPPER = `<VAST version="4.2">
<Ad id="w"><Wrapper><AdSystem>W</AdSystem>
<Impression>https://w.example/i</Impression>
<VASTAdTagURI>https://inline.example/</VASTAdTagURI></Wrapper></Ad></VAST>`;

const INLINE = `<VAST version="4.2">
<Ad id="i"><InLine><AdSystem>I</AdSystem><AdTitle>Tést &amp; Ωmega</AdTitle>
<Impression>https://i.example/i</Impression>
</InLine></Ad></VAST>`;

/** A wrapper and an InLine with their documents, merged. */
export function mergedResult(wrapperText = WRAPPER, inlineText = INLINE): UnwrapResult {
  const wrapper = readDocument(wrapperText);
  const inline = readDocument(inlineText);
  if (!wrapper.ok || !inline.ok) throw new Error('a sample cannot be read');
  const [above, ad] = [wrapper.document.ads[0]!, inline.document.ads[0]!];
  if (above.kind !== 'wrapper' || ad.kind !== 'inline') throw new Error('a sample is of the wrong kind');
  const branch = [{ hop: 0, document: wrapper.document, wrapper: above, uri: 'https://ads.example/' }];
  const settled = { kind: 'settled', hop: 1, document: inline.document, inline: ad, branch } as const;
  const merged = mergeAds([settled], { pod: false, dedupe: 'none' });
  return unwrapResult({
    adm: merged.adm,
    merged,
    hops: [hopOf(wrapper.document), hopOf(inline.document, { index: 1, host: 'inline.example' })],
  });
}
