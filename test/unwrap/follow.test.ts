import { expect } from 'chai';
import { Deadline } from '../../src/deadline.ts';
import { followUri, type Judge, type Outcome, type Resolved } from '../../src/unwrap/follow.ts';
import { readText } from '../../src/unwrap/read-reply.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

type Site = Readonly<Record<string, string>>;

/** Walks a site of documents by path, and tells which were asked for, in order. */
async function walk(
  site: Site,
  limits: { maxWrappers?: number; fetches?: number; judge?: Judge } = {},
): Promise<Outcome & { asked: readonly string[]; ids: readonly string[]; reasons: readonly string[] }> {
  const asked: string[] = [];
  const deadline = Deadline.after(10_000);
  const resolve = (step: { uri: string }): Promise<Resolved> => {
    const path = new URL(step.uri).pathname;
    const text = site[path];
    asked.push(path);
    if (text === undefined) {
      const failure = { reason: 'http-status', message: '404' } as const;
      const outcome = { kind: 'failed', failure, httpStatus: 404, errorUrls: [], defect: null, text: null } as const;
      return Promise.resolve({ hop: asked.length - 1, outcome });
    }
    return Promise.resolve({ hop: asked.length - 1, outcome: readText(text, { url: step.uri, httpStatus: 200 }) });
  };
  const outcome = await followUri(
    { kind: 'follow', uri: 'https://s.example/0', branch: [] },
    {
      resolve,
      deadline,
      separate: null,
      judge: limits.judge ?? (() => Promise.resolve(null)),
      maxWrappers: limits.maxWrappers ?? 5,
      fetchesLeft: limits.fetches ?? 16,
      budget: { left: 16 },
    },
  );
  deadline.cancel();
  const ids = outcome.settled.map(({ inline }) => inline.id!);
  return { ...outcome, asked, ids, reasons: outcome.failures.map(({ failure }) => failure.reason) };
}

const to = (path: string, attributes = '', sequence?: number): string =>
  wrapperAd({ uri: `https://s.example${path}`, attributes, id: `w${path}`, ...(sequence && { sequence }) });
const inLine = (id: string, sequence?: number): string => inLineAd({ id, ...(sequence && { sequence }) });

describe('following', () => {
  it('goes from wrapper to wrapper to the InLine, one fetch for each', async () => {
    const { ids, asked, settled } = await walk({ '/0': vast(to('/1')), '/1': vast(to('/2')), '/2': vast(inLine('i')) });
    expect(ids).to.deep.equal(['i']);
    expect(asked).to.deep.equal(['/0', '/1', '/2']);
    expect(settled[0]!.branch.map(({ hop }) => hop)).to.deep.equal([0, 1]);
  });

  it('stops at the wrapper that is one too many', async () => {
    const site = { '/0': vast(to('/1')), '/1': vast(to('/2')), '/2': vast(to('/3')), '/3': vast(inLine('i')) };
    const { reasons, asked } = await walk(site, { maxWrappers: 2 });
    expect(reasons).to.deep.equal(['too-deep']);
    expect(asked).to.deep.equal(['/0', '/1', '/2']);
    expect((await walk(site, { maxWrappers: 3 })).ids).to.deep.equal(['i']);
  });

  it('fetches a self-loop once', async () => {
    const { reasons, asked } = await walk({ '/0': vast(to('/0')) });
    expect(reasons).to.deep.equal(['loop']);
    expect(asked).to.deep.equal(['/0']);
  });

  it('tries a buffet in order and never asks for what is not needed', async () => {
    const site = { '/0': vast(to('/none'), to('/1'), to('/2')), '/none': vast(), '/1': vast(inLine('a')) };
    const { ids, asked, reasons } = await walk(site);
    expect(ids).to.deep.equal(['a']);
    expect(asked).to.deep.equal(['/0', '/none', '/1']);
    expect(reasons).to.deep.equal(['no-ad']);
  });

  it('lets no other ad take the place of a wrapper with fallbackOnNoAd="false"', async () => {
    const site = { '/0': vast(to('/none', 'fallbackOnNoAd="false"'), inLine('spare')), '/none': vast() };
    expect((await walk(site)).ids).to.deep.equal([]);
    const allowed = { ...site, '/0': vast(to('/none', 'fallbackOnNoAd="true"'), inLine('spare')) };
    expect((await walk(allowed)).ids).to.deep.equal(['spare']);
  });

  it('takes followAdditionalWrappers="false" for no ad, not for a fetch error', async () => {
    const site = { '/0': vast(to('/1', 'followAdditionalWrappers="false"')), '/1': vast(to('/2')) };
    const { reasons, asked } = await walk(site);
    expect(reasons).to.deep.equal(['no-ad']);
    expect(asked).to.deep.equal(['/0', '/1']);
  });

  it('resolves the slots of a pod, expands a pod inside a slot, and keeps their order', async () => {
    const site = {
      '/0': vast(to('/pod', 'allowMultipleAds="true"', 1), inLine('z', 2)),
      '/pod': vast(inLine('b', 2), inLine('a', 1)),
    };
    const { ids, pod } = await walk(site);
    expect(ids).to.deep.equal(['a', 'b', 'z']);
    expect(pod).to.equal(true);
  });

  it('fills a failed slot with an unused stand-alone ad, and drops it where none is left', async () => {
    const pod = vast(to('/404', '', 1), inLine('b', 2), to('/404', '', 3), inLine('spare'));
    const { ids, reasons } = await walk({ '/0': pod });
    expect(ids).to.deep.equal(['spare', 'b']);
    expect(reasons).to.deep.equal(['http-status', 'http-status']);
  });

  it('leaves a slot empty whose wrapper forbids a fallback', async () => {
    const pod = vast(to('/404', 'fallbackOnNoAd="0"', 1), inLine('b', 2), inLine('spare'));
    expect((await walk({ '/0': pod })).ids).to.deep.equal(['b']);
  });

  it('passes a wrapper that failed on to nobody: each slot has its own branch', async () => {
    const { failures } = await walk({ '/0': vast(to('/404', '', 1), to('/1', '', 2)), '/1': vast(inLine('b')) });
    expect(failures.map(({ branch }) => branch.map(({ wrapper }) => wrapper.id))).to.deep.equal([['w/404']]);
  });

  it('spends no more fetches than the tag may have', async () => {
    const many = Array.from({ length: 6 }, (_, index) => to(`/none?${index}`));
    const { asked, reasons } = await walk({ '/0': vast(...many), '/none': vast() }, { fetches: 4 });
    expect(asked).to.have.length(4);
    expect(reasons.slice(-1)).to.deep.equal(['fetch-limit']);
  });

  it('keeps the unresolved URI of a failed fetch, macros unfilled', async () => {
    const { failures } = await walk({ '/0': vast(to('/404?cb=[CACHEBUSTING]')) });
    expect(failures[0]!.unresolved).to.equal('https://s.example/404?cb=[CACHEBUSTING]');
  });
});
