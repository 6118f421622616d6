import { expect } from 'chai';
import type { Imp } from '../../src/openrtb/objects.ts';
import { type Ports, untraced } from '../../src/unwrap/ports.ts';
import type { UnwrapOptions } from '../../src/unwrap/request.ts';
import type { UnwrapResult } from '../../src/unwrap/result.ts';
import { unwrap } from '../../src/unwrap/unwrap.ts';
import { Deadline } from '../../src/deadline.ts';
import { mediaVerdict } from '../support/media-verdict.ts';
import { portsOver } from '../support/ports.ts';
import { unwrapRequest } from '../support/unwrap-request.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

const film = (id: string, seconds: number, of: { type?: string; sequence?: number } = {}): string =>
  inLineAd({ id, error: `https://e.example/${id}?[ERRORCODE]`, ...(of.sequence && { sequence: of.sequence }) })
    .replace('00:00:15', `00:00:${String(seconds).padStart(2, '0')}`)
    .replace('video/mp4', of.type ?? 'video/mp4');

async function run(
  adm: string,
  imp: Imp | null,
  over: Partial<Ports> = {},
  pages: Readonly<Record<string, string>> = {},
  options: Partial<UnwrapOptions> = {},
): Promise<UnwrapResult & { asked: readonly string[]; ids: readonly (string | null)[] }> {
  const ports = portsOver(pages, over);
  const deadline = Deadline.after(60_000);
  const result = await unwrap(unwrapRequest({ adm }, { imp, options }), deadline, ports, untraced);
  deadline.cancel();
  return { ...result, asked: ports.requests.map(({ url }) => url), ids: result.ads.map(({ id }) => id) };
}

const mp4 = { video: { mimes: ['video/mp4'], maxduration: 30 } };

describe('the ad that fits', () => {
  it('is the first that the imp takes, and the others are told', async () => {
    const result = await run(
      vast(film('long', 45), film('webm', 15, { type: 'video/webm' }), film('a', 15), film('b', 15)),
      mp4,
    );
    expect(result).to.include({ status: 'resolved', vastError: null });
    expect(result.ids).to.deep.equal(['a']);
    expect(result.errorUrls).to.deep.equal(['https://e.example/long?202', 'https://e.example/webm?403']);
    expect(result.findings.find(({ rule }) => rule === 'chain/refused')).to.include({ severity: 'info' });
  });

  it('is the first of all without an imp', async () => {
    expect((await run(vast(film('long', 45), film('a', 15)), null)).ids).to.deep.equal(['long']);
  });

  it('is asked for only when the ad before did not fit', async () => {
    const pages = { 'https://b.example/vast': vast(film('b', 15)) };
    expect((await run(vast(film('a', 15), wrapperAd()), mp4, {}, pages)).asked).to.deep.equal([]);
    const second = await run(vast(film('long', 45), wrapperAd()), mp4, {}, pages);
    expect([second.ids, second.asked]).to.deep.equal([['b'], ['https://b.example/vast']]);
  });

  it('takes the place of a wrapper whose ad does not fit, unless the wrapper forbids it', async () => {
    const pages = { 'https://b.example/vast': vast(film('long', 45)) };
    expect((await run(vast(wrapperAd(), film('a', 15)), mp4, {}, pages)).ids).to.deep.equal(['a']);
    const alone = await run(vast(wrapperAd({ attributes: 'fallbackOnNoAd="false"' }), film('a', 15)), mp4, {}, pages);
    expect(alone).to.include({ status: 'rejected', vastError: 202, reason: 'openrtb/maxduration' });
  });

  it('is looked for within the document of a wrapper first', async () => {
    const pages = { 'https://b.example/vast': vast(film('long', 45), film('b', 15)) };
    const wrapper = wrapperAd({ attributes: 'allowMultipleAds="true"' });
    expect((await run(vast(wrapper, film('a', 15)), mp4, {}, pages)).ids).to.deep.equal(['b']);
  });

  it('is none where no ad fits: the chain is rejected, each ad told once', async () => {
    const result = await run(vast(film('long', 45), film('webm', 15, { type: 'video/webm' })), mp4);
    expect(result).to.include({ status: 'rejected', vastError: 403, adm: null });
    expect(result.errorUrls).to.have.members(['https://e.example/long?202', 'https://e.example/webm?403']);
    const thenNothing = await run(
      vast(film('long', 45), film('none', 15).replace(/<MediaFile .*<.MediaFile>/, '')),
      mp4,
    );
    expect(thenNothing).to.include({ status: 'rejected', vastError: 202, reason: 'openrtb/maxduration' });
    expect(thenNothing.errorUrls).to.have.members(['https://e.example/long?202', 'https://e.example/none?401']);
  });

  it('is another where the file of the first is known to be broken', async () => {
    const looked: string[] = [];
    const probe: Ports['probe'] = (urls) => {
      looked.push(...urls);
      return Promise.resolve(
        urls.map((url) => mediaVerdict({ url, outcome: url.includes('dead') ? 'unreachable' : 'read' })),
      );
    };
    const both = vast(film('dead', 15), film('a', 15), film('b', 15));
    const result = await run(both, null, { probe }, {}, { probe: 'wait' });
    expect(result.ids).to.deep.equal(['a']);
    expect(looked).not.to.include('https://m.example/b.mp4');
  });

  describe('in a pod', () => {
    const pod = (...seconds: readonly number[]): string =>
      seconds.map((each, at) => film(`p${at + 1}`, each, { sequence: at + 1 })).join('');
    const break60 = { video: { mimes: ['video/mp4'], maxduration: 30, poddur: 60 } };

    it('a slot that does not fit is filled by a spare that does, else dropped', async () => {
      const filled = await run(vast(pod(15, 45, 15), film('webm', 15, { type: 'video/webm' }), film('s', 10)), break60);
      expect(filled.ids).to.deep.equal(['p1', 's', 'p3']);
      expect((await run(vast(pod(15, 45, 15)), break60)).ids).to.deep.equal(['p1', 'p3']);
    });

    it('the imp is asked about the whole', async () => {
      expect(await run(vast(pod(15, 15, 15)), mp4)).to.include({ status: 'rejected', vastError: 202, reason: 'openrtb/pod-in-slot' }); // prettier-ignore
      expect(await run(vast(pod(15, 15)), mp4)).to.include({ status: 'resolved' });
      expect(await run(vast(pod(30, 30, 30)), break60)).to.include({ status: 'rejected', reason: 'openrtb/poddur' });
      const wrapped = vast(pod(15, 15, 15)).replaceAll(/ sequence="\d"/g, '');
      const slots = [1, 2, 3].map((sequence) => wrapperAd({ sequence, id: `w${sequence}` })).join('');
      expect(await run(vast(slots), mp4, {}, { 'https://b.example/vast': wrapped })).to.include({ reason: 'openrtb/pod-in-slot' }); // prettier-ignore
    });

    it('of which no slot fits, the chain is rejected', async () => {
      expect(await run(vast(pod(45, 45)), break60)).to.include({ status: 'rejected', vastError: 202 });
    });
  });
});
