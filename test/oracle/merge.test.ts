import { expect } from 'chai';
import fc from 'fast-check';
import { mergeAds } from '../../src/merge/merge.ts';
import type { Merged } from '../../src/merge/merged.ts';
import { plainChain, strictChain, writeSite, type DocumentPlan, type Site } from '../support/chains.ts';
import { followAsPlayer } from '../support/player-follow.ts';
import { adsOf, isVerificationHome, play, playDocument, type Play } from '../support/player.ts';
import { settled } from '../support/settled.ts';
import { at } from '../support/vast-tree.ts';
import { listUrls } from '../support/url-lists.ts';
import { needSchemas, schemaErrors, withoutExceptions } from '../support/vast-schema.ts';

// The oracle: a player that is given the merged document does the same as one that follows the chain itself. RUNS=10000
// for a long run.

const numRuns = Number(process.env['RUNS'] ?? 80);

/** The documents of a chain without forks, from the first to the InLine's. */
function documentsOf(site: Site): readonly string[] {
  return Object.values(site.pages).reverse();
}

function merge(site: Site): Merged {
  const documents = documentsOf(site);
  return mergeAds([settled(documents.slice(0, -1), documents.at(-1)!)], { pod: false, dedupe: 'none' });
}

async function followed(site: Site): Promise<readonly Play[]> {
  const { ads } = await followAsPlayer({ uri: site.entry }, (uri) => {
    const body = site.pages[uri];
    return Promise.resolve(body === undefined ? null : { url: uri, body });
  });
  return ads.map(play);
}

const check = (property: fc.IAsyncProperty<[DocumentPlan]>): Promise<void> => fc.assert(property, { numRuns });

describe('merging, held against a player', () => {
  it('fires the same URLs and offers the same creatives', () =>
    check(
      fc.asyncProperty(plainChain, async (plan) => {
        const site = writeSite(plan);
        expect(playDocument(merge(site).adm)).to.deep.equal(await followed(site));
      }),
    ));

  it('leaves the InLine byte for byte as it was outside the insertions', () =>
    check(
      fc.asyncProperty(plainChain, async (plan) => {
        const site = writeSite(plan);
        const { adm, insertions } = merge(site);
        const without = insertions.toReversed().reduce((text, { start, end }) => text.slice(0, start) + text.slice(end), adm); // prettier-ignore
        expect(without).to.equal(documentsOf(site).at(-1));
        return Promise.resolve();
      }),
    ));

  it('changes nothing where there are no wrappers', () =>
    check(
      fc.asyncProperty(plainChain, async (plan) => {
        const { adm } = merge(writeSite(plan));
        expect(mergeAds([settled([], adm)], { pod: false, dedupe: 'none' }).adm).to.equal(adm);
        return Promise.resolve();
      }),
    ));

  it('puts verifications where players of the version look for them', () =>
    check(
      fc.asyncProperty(plainChain, async (plan) => {
        const site = writeSite(plan);
        const homes = (text: string): number =>
          adsOf(text)
            .flatMap((ad) => at(ad, 'InLine', 'Extensions', 'Extension'))
            .filter(isVerificationHome).length;
        const { adm } = merge(site);
        const own = homes(documentsOf(site).at(-1)!);
        const is41 = /<VAST version=["']4\.[123]/.test(adm.slice(0, 200));
        expect(homes(adm)).to.be.oneOf(is41 ? [own] : [own, Math.max(1, own)]);
        return Promise.resolve();
      }),
    ));

  it('lists the URLs that another reader finds in the result', () =>
    check(
      fc.asyncProperty(plainChain, async (plan) => {
        const { adm, trackers } = merge(writeSite(plan));
        const ours = trackers().map(({ event, offset, url }) => JSON.stringify([event, offset, url]));
        const theirs = listUrls(adm).map(({ event, offset, url }) => JSON.stringify([event, offset, url]));
        expect(ours.sort()).to.deep.equal(theirs.sort());
        return Promise.resolve();
      }),
    ));

  describe('by the schemas', function () {
    before(function () {
      needSchemas(this);
    });

    it('has valid documents to merge', () =>
      check(
        fc.asyncProperty(strictChain, async (plan) => {
          for (const text of documentsOf(writeSite(plan, true))) expect(schemaErrors(text, plan.version).join('\n')).to.equal(''); // prettier-ignore
          return Promise.resolve();
        }),
      ));

    it('makes valid documents of valid ones', () =>
      check(
        fc.asyncProperty(strictChain, async (plan) => {
          const { adm } = merge(writeSite(plan, true));
          expect(schemaErrors(withoutExceptions(adm, plan.version), plan.version).join('\n')).to.equal('');
          return Promise.resolve();
        }),
      ));
  });
});
