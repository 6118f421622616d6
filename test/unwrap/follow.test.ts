import { expect } from 'chai';
import { Deadline } from '../../src/deadline.ts';
import { type Chain, type FindMisfit, follow, type Resolve } from '../../src/unwrap/follow.ts';
import { readText } from '../../src/unwrap/read-reply.ts';
import { hopReport } from '../support/unwrap-result.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

type Site = Readonly<Record<string, string>>;
type Limits = { maxWrappers?: number; fetches?: number; findMisfit?: FindMisfit; hanging?: string; ms?: number };

/** Follows a site of documents by path, and tells which were asked for, in order. */
async function followSite(
  site: Site,
  { maxWrappers = 5, fetches = 16, findMisfit = () => Promise.resolve(null), hanging, ms = 10_000 }: Limits = {},
): Promise<Chain & { asked: readonly string[]; ids: readonly string[]; reasons: readonly string[] }> {
  const asked: string[] = [];
  const deadline = Deadline.after(ms);
  const resolve: Resolve = async (from) => {
    const path = new URL(from.uri!).pathname;
    const text = site[path];
    asked.push(path);
    const report = hopReport({ index: from.branch.length, url: from.uri });
    if (path === hanging) await new Promise<void>((end) => void deadline.onEnd(end));
    if (text === undefined) {
      const failure = { reason: path === hanging ? 'timeout' : 'http-status', message: '404' } as const;
      const outcome = { kind: 'failed', failure, httpStatus: 404, errorUrls: [], defect: null, text: null } as const;
      return { report, outcome };
    }
    return { report, outcome: readText(text, { url: from.uri, httpStatus: 200 }) };
  };
  const chain = await follow(
    { kind: 'follow', uri: 'https://s.example/0', branch: [] },
    { resolve, deadline, separate: null, findMisfit, maxWrappers, maxFetches: fetches, budget: { left: 16 } },
  );
  deadline.cancel();
  const ids = chain.settled.map(({ inline }) => inline.id!);
  return { ...chain, asked, ids, reasons: chain.failures.map(({ failure }) => failure.reason) };
}

const to = (path: string, attributes = '', sequence?: number): string =>
  wrapperAd({ uri: `https://s.example${path}`, attributes, id: `w${path}`, ...(sequence && { sequence }) });
const inLine = (id: string, sequence?: number): string => inLineAd({ id, ...(sequence && { sequence }) });

describe('following', () => {
  it('goes from wrapper to wrapper to the InLine, one fetch for each', async () => {
    const { ids, asked, settled } = await followSite({
      '/0': vast(to('/1')),
      '/1': vast(to('/2')),
      '/2': vast(inLine('i')),
    });
    expect(ids).to.deep.equal(['i']);
    expect(asked).to.deep.equal(['/0', '/1', '/2']);
    expect(settled[0]!.branch.map(({ hop }) => hop)).to.deep.equal([0, 1]);
  });

  it('has every hop at the position that its branches name, in the order in which they began', async () => {
    const site = {
      '/0': vast(to('/slow', '', 1), to('/1', '', 2), to('/404', '', 3)),
      '/slow': vast(inLine('a')),
      '/1': vast(to('/2')),
      '/2': vast(inLine('b')),
    };
    const { hops, settled, failures } = await followSite(site, { hanging: '/slow', ms: 50 });
    const paths = hops.map(({ url }) => new URL(url!).pathname);
    expect(paths).to.deep.equal(['/0', '/slow', '/1', '/404', '/2']);
    expect(settled.map(({ hop, branch }) => [...branch.map((link) => link.hop), hop])).to.deep.equal([
      [0, 1],
      [0, 2, 4],
    ]);
    expect(failures.map(({ branch }) => branch.map(({ hop }) => hop))).to.deep.equal([[0]]);
  });

  it('gives the hops that there are when the time is up', async () => {
    const site = { '/0': vast(to('/1')), '/1': vast(to('/hang')) };
    const { hops, reasons, settled } = await followSite(site, { hanging: '/hang', ms: 50 });
    expect(hops.map(({ index }) => index)).to.deep.equal([0, 1, 2]);
    expect([reasons, settled]).to.deep.equal([['timeout'], []]);
  });

  it('asks of ads that others could replace whether they fit, by the hops at their positions', async () => {
    const seen: (readonly boolean[])[] = [];
    const findMisfit: FindMisfit = (_settled, hops) => {
      seen.push(hops.map((hop) => hop !== null));
      return Promise.resolve(null);
    };
    const site = {
      '/0': vast(to('/slow', '', 1), to('/1', '', 2)),
      '/slow': vast(inLine('a')),
      '/1': vast(inLine('b')),
    };
    await followSite(site, { findMisfit, hanging: '/slow', ms: 50 });
    expect(seen).to.deep.equal([
      [true, false, true],
      [true, true, true],
    ]);
  });

  it('stops at the wrapper that is one too many', async () => {
    const site = { '/0': vast(to('/1')), '/1': vast(to('/2')), '/2': vast(to('/3')), '/3': vast(inLine('i')) };
    const { reasons, asked } = await followSite(site, { maxWrappers: 2 });
    expect(reasons).to.deep.equal(['too-deep']);
    expect(asked).to.deep.equal(['/0', '/1', '/2']);
    expect((await followSite(site, { maxWrappers: 3 })).ids).to.deep.equal(['i']);
  });

  it('fetches a self-loop once', async () => {
    const { reasons, asked } = await followSite({ '/0': vast(to('/0')) });
    expect(reasons).to.deep.equal(['loop']);
    expect(asked).to.deep.equal(['/0']);
  });

  it('tries a buffet in order and never asks for what is not needed', async () => {
    const site = { '/0': vast(to('/none'), to('/1'), to('/2')), '/none': vast(), '/1': vast(inLine('a')) };
    const { ids, asked, reasons } = await followSite(site);
    expect(ids).to.deep.equal(['a']);
    expect(asked).to.deep.equal(['/0', '/none', '/1']);
    expect(reasons).to.deep.equal(['no-ad']);
  });

  it('lets no other ad take the place of a wrapper with fallbackOnNoAd="false"', async () => {
    const site = { '/0': vast(to('/none', 'fallbackOnNoAd="false"'), inLine('spare')), '/none': vast() };
    expect((await followSite(site)).ids).to.deep.equal([]);
    const allowed = { ...site, '/0': vast(to('/none', 'fallbackOnNoAd="true"'), inLine('spare')) };
    expect((await followSite(allowed)).ids).to.deep.equal(['spare']);
  });

  it('takes followAdditionalWrappers="false" for no ad, not for a fetch error', async () => {
    const site = { '/0': vast(to('/1', 'followAdditionalWrappers="false"')), '/1': vast(to('/2')) };
    const { reasons, asked } = await followSite(site);
    expect(reasons).to.deep.equal(['no-ad']);
    expect(asked).to.deep.equal(['/0', '/1']);
  });

  it('resolves the slots of a pod, expands a pod inside a slot, and keeps their order', async () => {
    const site = {
      '/0': vast(to('/pod', 'allowMultipleAds="true"', 1), inLine('z', 2)),
      '/pod': vast(inLine('b', 2), inLine('a', 1)),
    };
    const { ids, pod } = await followSite(site);
    expect(ids).to.deep.equal(['a', 'b', 'z']);
    expect(pod).to.equal(true);
  });

  it('fills a failed slot with an unused stand-alone ad, and drops it where none is left', async () => {
    const pod = vast(to('/404', '', 1), inLine('b', 2), to('/404', '', 3), inLine('spare'));
    const { ids, reasons } = await followSite({ '/0': pod });
    expect(ids).to.deep.equal(['spare', 'b']);
    expect(reasons).to.deep.equal(['http-status', 'http-status']);
  });

  it('leaves a slot empty whose wrapper forbids a fallback', async () => {
    const pod = vast(to('/404', 'fallbackOnNoAd="0"', 1), inLine('b', 2), inLine('spare'));
    expect((await followSite({ '/0': pod })).ids).to.deep.equal(['b']);
  });

  it('passes a wrapper that failed on to nobody: each slot has its own branch', async () => {
    const { failures } = await followSite({ '/0': vast(to('/404', '', 1), to('/1', '', 2)), '/1': vast(inLine('b')) });
    expect(failures.map(({ branch }) => branch.map(({ wrapper }) => wrapper.id))).to.deep.equal([['w/404']]);
  });

  it('spends no more fetches than the tag may have', async () => {
    const many = Array.from({ length: 6 }, (_, index) => to(`/none?${index}`));
    const { asked, reasons } = await followSite({ '/0': vast(...many), '/none': vast() }, { fetches: 4 });
    expect(asked).to.have.length(4);
    expect(reasons.slice(-1)).to.deep.equal(['fetch-limit']);
  });

  it('keeps the unresolved URI of a failed fetch, macros unfilled', async () => {
    const { failures } = await followSite({ '/0': vast(to('/404?cb=[CACHEBUSTING]')) });
    expect(failures[0]!.unresolved).to.equal('https://s.example/404?cb=[CACHEBUSTING]');
  });
});
