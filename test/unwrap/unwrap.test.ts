import { expect } from 'chai';
import { Deadline } from '../../src/deadline.ts';
import { type Ports, untraced } from '../../src/unwrap/ports.ts';
import type { FindingsAsked, UnwrapRequest } from '../../src/unwrap/request.ts';
import type { UnwrapResult } from '../../src/unwrap/result.ts';
import { unwrap } from '../../src/unwrap/unwrap.ts';
import { portsOver } from '../support/ports.ts';
import { unwrapRequest } from '../support/unwrap-request.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

const base = 'https://s.example';

async function run(request: UnwrapRequest, ports: Ports, ms = 1000, asked?: FindingsAsked): Promise<UnwrapResult> {
  const deadline = Deadline.after(ms);
  try {
    return await unwrap(request, deadline, ports, untraced, asked);
  } finally {
    deadline.cancel();
  }
}

const to = (path: string, error?: string): string =>
  wrapperAd({ uri: `${base}${path}`, id: `w${path.slice(1)}`, ...(error !== undefined && { error }) });

/** Hangs on every URL that ends in /hang until the deadline, as an ad server that does not answer. */
function hanging(ports: Ports): Ports {
  const fetch: Ports['fetch'] = async (request, deadline) => {
    if (!request.url.split('?')[0]!.endsWith('/hang')) return ports.fetch(request, deadline);
    await new Promise<void>((resolve) => void deadline.onEnd(resolve));
    return { exchanges: [], outcome: { ok: false, failure: { reason: 'timeout', message: 'no reply' } } };
  };
  return { ...ports, fetch };
}

/** How many turns of the loop came while something ran. */
async function turnsDuring(run: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let next = setImmediate(function tick() {
    turns += 1;
    next = setImmediate(tick);
  });
  await run();
  clearImmediate(next);
  return turns;
}

describe('unwrap', () => {
  it('gives the loop back between documents that were made to cost time', async () => {
    const padded = (text: string): string => text.replace('</VAST>', `<!--${' '.repeat(300_000)}--></VAST>`);
    const pages = (write: (text: string) => string): Ports =>
      portsOver({ [`${base}/0`]: write(vast(to('/1'))), [`${base}/1`]: write(vast(to('/2'))), [`${base}/2`]: write(vast(inLineAd())) }); // prettier-ignore
    const turns = (ports: Ports, asked: FindingsAsked): Promise<number> =>
      turnsDuring(() => run(unwrapRequest({ url: `${base}/0` }), ports, 1000, asked));
    const ordinary = await turns(pages(String), 'all');
    expect(await turns(pages(padded), 'rejection')).to.equal(ordinary);
    expect(await turns(pages(padded), 'all')).to.be.at.least(ordinary + 2);
  });

  it('has a report of every hop, at the position that trackers go by', async () => {
    const ports = portsOver({ [`${base}/0`]: vast(to('/1')), [`${base}/1`]: vast(inLineAd()) });
    const { hops } = await run(unwrapRequest({ url: `${base}/0` }), ports);
    expect(hops.map(({ index, kind }) => [index, kind])).to.deep.equal([
      [0, 'wrapper'],
      [1, 'inline'],
    ]);
  });

  const site = {
    [`${base}/0`]: vast(to('/1', 'https://e.example/0?[ERRORCODE]')),
    [`${base}/1`]: vast(to('/2', 'https://e.example/1?[ERRORCODE]')),
    [`${base}/2`]: vast(inLineAd({ id: 'ad', error: 'https://e.example/2?[ERRORCODE]' })),
  };

  it('gives the InLine with the trackers of every wrapper', async () => {
    const result = await run(unwrapRequest({ url: `${base}/0` }), portsOver(site));
    expect(result).to.include({ status: 'resolved', vastError: null, reason: null, wrappers: 2 });
    expect(result.adm).to.contain('https://t.example/w1').and.to.contain('https://t.example/w2');
    expect(result.hops.map(({ index, kind }) => [index, kind])).to.deep.equal([
      [0, 'wrapper'],
      [1, 'wrapper'],
      [2, 'inline'],
    ]);
    expect(result.ads[0]).to.include({ id: 'ad', durationSec: 15 });
    expect(result.bid).to.include({ mtype: 2, dur: 15, w: 640, h: 360, protocol: 11 });
    expect(result.errorUrls).to.deep.equal([]);
  });

  it('takes a document as hop 0, and markup that is a bare URL for a tag', async () => {
    const document = await run(unwrapRequest({ adm: site[`${base}/1`] }), portsOver(site));
    expect(document.hops.map(({ cache }) => cache)).to.deep.equal(['given', 'miss']);
    const tag = await run(unwrapRequest({ adm: ` ${base}/1\n` }), portsOver(site));
    expect(tag).to.include({ status: 'resolved', wrappers: 1 });
    expect(tag.hops[0]!.url).to.equal(`${base}/1`);
  });

  it('answers a failure with its status, its code and the error URLs of the wrappers that were read', async () => {
    const result = await run(unwrapRequest({ url: `${base}/0` }), portsOver({ ...site, [`${base}/2`]: vast() }));
    expect(result).to.include({ status: 'no_ad', vastError: 303, reason: 'no-ad', adm: null, wrappers: 2 });
    expect(result.errorUrls).to.deep.equal(['https://e.example/0?303', 'https://e.example/1?303']);
  });

  it('fails before the deadline while an ad server hangs', async () => {
    const pages = { [`${base}/0`]: vast(to('/hang', 'https://e.example/0?[ERRORCODE]')) };
    const deadline = Deadline.after(60);
    const forget = deadline.onEnd(() => expect.fail('the reserve was not kept'));
    const result = await unwrap(unwrapRequest({ url: `${base}/0` }), deadline, hanging(portsOver(pages)), untraced);
    forget();
    deadline.cancel();
    expect(result).to.include({ status: 'timeout', vastError: 301, reason: 'timeout' });
    expect(result.errorUrls).to.deep.equal(['https://e.example/0?301']);
  });

  it('collapses what was read into one Wrapper where asked to, and keeps every tracker', async () => {
    const pages = { ...site, [`${base}/1`]: vast(to('/hang?cb=[CACHEBUSTING]')) };
    const request = unwrapRequest({ url: `${base}/0` }, { options: { onTimeout: 'collapse' } });
    const result = await run(request, hanging(portsOver(pages)), 60);
    expect(result).to.include({ status: 'collapsed', vastError: null, reason: 'timeout', wrappers: 2 });
    expect(result.adm).to.contain(`${base}/hang?cb=[CACHEBUSTING]`);
    expect(result.adm).to.contain('https://t.example/w1').and.to.contain('https://t.example/whang');
    expect(result.errorUrls).to.deep.equal([]);
  });

  it('cannot collapse what was never read', async () => {
    const request = unwrapRequest({ url: `${base}/hang` }, { options: { onTimeout: 'collapse' } });
    expect(await run(request, hanging(portsOver({})), 40)).to.include({ status: 'timeout', adm: null });
  });

  it('drops the slot of a pod that is not ready, and resolves the rest', async () => {
    const pod = vast(
      wrapperAd({ uri: `${base}/hang`, sequence: 1, error: 'https://e.example/slot?[ERRORCODE]' }),
      inLineAd({ id: 'b', sequence: 2 }),
    );
    const result = await run(unwrapRequest({ adm: pod }), hanging(portsOver({})), 60);
    expect(result.status).to.equal('resolved');
    expect(result.ads.map(({ id, sequence }) => [id, sequence])).to.deep.equal([['b', 1]]);
    expect(result.errorUrls).to.deep.equal(['https://e.example/slot?301']);
  });

  it('fails a pod with no slot left by its first slot', async () => {
    const pod = vast(wrapperAd({ uri: 'ftp:', sequence: 2 }), wrapperAd({ uri: `${base}/404`, sequence: 1 }));
    expect(await run(unwrapRequest({ adm: pod }), portsOver({}))).to.include({
      status: 'unreachable',
      reason: 'http-status',
    });
  });

  it('uses a stand-alone InLine beside a wrapper that timed out', async () => {
    const buffet = vast(wrapperAd({ uri: `${base}/hang` }), inLineAd({ id: 'beside' }));
    const result = await run(unwrapRequest({ adm: buffet }), hanging(portsOver({})), 60);
    expect(result.ads.map(({ id }) => id)).to.deep.equal(['beside']);
  });

  it('rejects an ad of a category that a wrapper blocks', async () => {
    const pages = {
      [`${base}/0`]: vast(wrapperAd({ uri: `${base}/1`, blocked: 'IAB7' })),
      [`${base}/1`]: vast(inLineAd({ category: 'IAB7', error: 'https://e.example/i?[ERRORCODE]' })),
    };
    const result = await run(unwrapRequest({ url: `${base}/0` }), portsOver(pages));
    expect(result).to.include({ status: 'rejected', vastError: 205, reason: 'category-blocked', adm: null });
    expect(result.errorUrls).to.deep.equal(['https://e.example/i?205']);
  });

  it('sends the cache buster filled in, a fresh one per hop', async () => {
    const pages = { [`${base}/0`]: vast(to('/1?cb=[CACHEBUSTING]')), [`${base}/1`]: vast(inLineAd()) };
    let draw = 0;
    const ports = portsOver(pages, { random: () => (draw += 0.1) });
    await run(unwrapRequest({ url: `${base}/0?cb=[CACHEBUSTING]` }), ports);
    const values = ports.requests.map(({ url }) => new URL(url).searchParams.get('cb'));
    expect(values.every((value) => /^\d{8}$/.test(value!))).to.equal(true);
    expect(new Set(values).size).to.equal(2);
  });
});
