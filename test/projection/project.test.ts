import { expect } from 'chai';
import fc from 'fast-check';
import type { Settled } from '../../src/chain/step.ts';
import { mergeAds } from '../../src/merge/merge.ts';
import type { Profile } from '../../src/projection/profile.ts';
import { project, type Projected } from '../../src/projection/project.ts';
import { plainChain, writeSite } from '../support/chains.ts';
import { playDocument } from '../support/player.ts';
import { settled } from '../support/settled.ts';
import { inLineAd, read, vast, wrapperAd } from '../support/vast-text.ts';

const media = (...files: readonly string[]): string =>
  `<MediaFiles>${files.map((each) => `\n  ${each}`).join('')}\n</MediaFiles>`;
const MP4 = '<MediaFile type="video/mp4" width="640" height="360">https://m.example/a.mp4</MediaFile>';
const LARGE = '<MediaFile type="video/mp4" width="3840" height="2160">https://m.example/large.mp4</MediaFile>';
const SIMID = '<InteractiveCreativeFile apiFramework="SIMID">https://m.example/s.html</InteractiveCreativeFile>';
const inLine = (files: string, extra = ''): string =>
  vast(
    `<Ad id="i"><InLine><Impression>https://t.example/i</Impression>${extra}<Creatives><Creative><Linear>${files}</Linear></Creative></Creatives></InLine></Ad>`,
  );

function run(ads: readonly Settled[], profile: Profile, isProjected = true): Projected {
  const pod = ads.length > 1;
  const merged = mergeAds(ads, { pod, dedupe: 'none' });
  return project(
    merged,
    ads,
    ads.map(() => ({ durationSec: 15 })),
    [],
    profile,
    { project: isProjected },
  )!;
}

describe('project', () => {
  it('takes out files that the device cannot use, each listed with its hop', () => {
    const { projection, merged } = run([settled([vast(wrapperAd())], inLine(media(MP4, LARGE, SIMID)))], {
      maxHeight: 1080,
      apis: [7],
    });
    expect(merged.adm).to.contain('a.mp4').and.not.contain('large.mp4').and.not.contain('s.html');
    expect(projection.removed).to.deep.equal([
      { kind: 'media-file', reason: 'size', event: null, url: 'https://m.example/large.mp4', hop: 1 },
      { kind: 'interactive-file', reason: 'api', event: null, url: 'https://m.example/s.html', hop: 1 },
    ]);
    expect(merged.adm).to.contain(`${MP4}\n</MediaFiles>`);
  });

  it('leaves an ad as it is of which the device can use nothing, and says so', () => {
    const ad = settled([], inLine(media(LARGE)));
    const { projection, merged } = run([ad], { maxHeight: 1080 });
    expect(merged.adm).to.equal(ad.document.text);
    expect(projection).to.deep.include({ usable: false, skipReason: 'no-rendition', removed: [] });
    expect(projection.ads[0]!.files).to.deep.equal([{ url: 'https://m.example/large.mp4', misfit: 'size' }]);
  });

  it('takes out trackers that stand there a second time for the same event, and no others', () => {
    const events = ['start', 'start', 'mute'].map(
      (event) => `<Tracking event="${event}">https://t.example/same</Tracking>`,
    );
    const trackers = `<TrackingEvents>${events.join('')}</TrackingEvents>`;
    const wrappers = [vast(wrapperAd({ id: 'i' })), vast(wrapperAd({ id: 'w' }))];
    const { projection, merged } = run([settled(wrappers, inLine(trackers + media(MP4)))], {});
    expect(projection.removed.map(({ event, hop, reason }) => [event, hop, reason])).to.deep.equal([
      ['impression', 0, 'duplicate'],
      ['linear.start', 2, 'duplicate'],
    ]);
    expect(projection.trackers).to.deep.include({ total: 6, duplicates: 2 });
    expect(merged.adm.match(/t\.example\/i</g)).to.have.length(1);
    expect(merged.trackers().map(({ event, hop }) => [event, hop])).to.deep.equal([
      ['impression', 2],
      ['linear.start', 2],
      ['linear.mute', 2],
      ['impression', 1],
    ]);
  });

  it('changes nothing where it is not asked to, and names what could be spared', () => {
    const wrappers = [vast(wrapperAd({ id: 'i' }))];
    const ad = settled(wrappers, inLine(media(MP4, LARGE)));
    const { projection, merged } = run([ad], { maxHeight: 1080 }, false);
    expect(merged.adm).to.equal(mergeAds([ad], { pod: false, dedupe: 'none' }).adm);
    expect(projection.removed).to.deep.equal([]);
    expect(projection.trackers.repeated).to.deep.equal([{ event: 'impression', url: 'https://t.example/i', hop: 0 }]);
  });

  it('knows the hops of the ads of a pod, whatever their order in the document', () => {
    const document = read(vast(inLineAd({ id: 'b', sequence: 2 }), inLineAd({ id: 'a', sequence: 1 })));
    const [second, first] = document.ads.map(
      (inline) => ({ kind: 'settled', hop: 0, document, inline, branch: [] }) as Settled & object,
    );
    const other = { ...settled([vast(wrapperAd())], vast(inLineAd({ id: 'c' }))), hop: 7 };
    const { projection } = run([first!, second!, other], {}, false);
    expect(projection.ads.map(({ files }) => files[0]!.url)).to.deep.equal(
      ['a', 'b', 'c'].map((id) => `https://m.example/${id}.mp4`),
    );
    expect(projection.trackers.byHop.map(({ hop, total }) => [hop, total])).to.deep.equal([
      [0, 3],
      [7, 1],
    ]);
  });

  it('leaves a document in which every tracker is fired that was, once, and stretches that hold what they did', () => {
    const strict: Profile = { types: ['image/png'], apis: [] };
    fc.assert(
      fc.property(plainChain, (plan) => {
        const documents = Object.values(writeSite(plan).pages).reverse();
        const ad = settled(documents.slice(0, -1), documents.at(-1)!);
        const before = mergeAds([ad], { pod: false, dedupe: 'none' });
        const { merged, projection } = run([ad], strict);
        const fired = (adm: string): ReadonlySet<string> =>
          new Set(playDocument(adm).flatMap((each) => each.fired.map((one) => one.replace(/ \{[^}]*\} /, ' '))));
        expect([...fired(merged.adm)].sort()).to.deep.equal([...fired(before.adm)].sort());
        expect(before.adm.length - merged.adm.length > 0).to.equal(projection.removed.length > 0);
        const trackers = projection.removed.filter(({ kind }) => kind === 'tracker').length;
        expect(before.trackers().length - merged.trackers().length).to.equal(trackers);
        for (const { start, end } of merged.insertions)
          expect(before.adm).to.contain(merged.adm.slice(start, end).trim().slice(0, 12));
      }),
      { numRuns: 40 },
    );
  });
});
