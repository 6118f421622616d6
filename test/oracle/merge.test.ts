import { expect } from 'chai';
import fc from 'fast-check';
import { collapse } from '../../src/merge/collapse.ts';
import { mergeAds } from '../../src/merge/merge.ts';
import type { Merged } from '../../src/merge/merged.ts';
import { plainChain, strictChain, writeSite, type DocumentPlan, type Site } from '../support/chains.ts';
import { followAsPlayer } from '../support/player-follow.ts';
import { adsOf, isVerificationHome, play, playDocument, type Play } from '../support/player.ts';
import { branchOf, settled } from '../support/settled.ts';
import { at } from '../support/vast-tree.ts';
import { listUrls } from '../support/url-lists.ts';
import { needSchemas, schemaErrors, withoutExceptions } from '../support/vast-schema.ts';

// The oracle: a player that is given the merged document does the same as one that follows the chain itself. RUNS=10000
// for a long run.

const numRuns = Number(process.env['RUNS'] ?? 60);

/** The documents of a chain without forks, from the first to the InLine's. */
function documentsOf(site: Site): readonly string[] {
  return Object.values(site.pages).reverse();
}

function merge(site: Site, dedupe: 'none' | 'exact' = 'none'): Merged {
  const documents = documentsOf(site);
  return mergeAds([settled(documents.slice(0, -1), documents.at(-1)!)], { pod: false, dedupe });
}

async function followed(site: Site): Promise<readonly Play[]> {
  const { ads } = await followAsPlayer({ uri: site.entry }, (uri) => {
    const body = site.pages[uri];
    return Promise.resolve(body === undefined ? null : { url: uri, body });
  });
  return ads.map(play);
}

const check = (
  chains: fc.Arbitrary<DocumentPlan>,
  holds: (plan: DocumentPlan) => void | Promise<void>,
): Promise<void> =>
  fc.assert(
    fc.asyncProperty(chains, async (plan) => holds(plan)),
    { numRuns },
  );

describe('merging, held against a player', () => {
  it('fires the same URLs and offers the same creatives', () =>
    check(plainChain, async (plan) => {
      const site = writeSite(plan);
      expect(playDocument(merge(site).adm)).to.deep.equal(await followed(site));
    }));

  it('leaves the InLine byte for byte as it was outside the insertions', () =>
    check(plainChain, (plan) => {
      const site = writeSite(plan);
      const { adm, insertions } = merge(site);
      const without = insertions
        .toReversed()
        .reduce((text, { start, end }) => text.slice(0, start) + text.slice(end), adm);
      expect(without).to.equal(documentsOf(site).at(-1));
    }));

  it('changes nothing where there are no wrappers', () =>
    check(plainChain, (plan) => {
      const { adm } = merge(writeSite(plan));
      expect(mergeAds([settled([], adm)], { pod: false, dedupe: 'none' }).adm).to.equal(adm);
    }));

  it('puts verifications where players of the version look for them', () =>
    check(plainChain, (plan) => {
      const site = writeSite(plan);
      const homes = (text: string): number =>
        adsOf(text)
          .flatMap((ad) => at(ad, 'InLine', 'Extensions', 'Extension'))
          .filter(isVerificationHome).length;
      const { adm } = merge(site);
      const own = homes(documentsOf(site).at(-1)!);
      const is41 = /<VAST version=["']4\.[123]/.test(adm.slice(0, 200));
      expect(homes(adm)).to.be.oneOf(is41 ? [own] : [own, Math.max(1, own)]);
    }));

  it('lists the URLs that another reader finds in the result', () =>
    check(plainChain, (plan) => {
      const { adm, trackers } = merge(writeSite(plan));
      const ours = trackers().map(({ event, offset, url }) => JSON.stringify([event, offset, url]));
      const theirs = listUrls(adm).map(({ event, offset, url }) => JSON.stringify([event, offset, url]));
      expect(ours.sort()).to.deep.equal(theirs.sort());
    }));

  it('says of every URL in which document it stood', () =>
    check(plainChain, (plan) => {
      const site = writeSite(plan);
      const documents = documentsOf(site);
      for (const { hop, element, url } of merge(site).trackers()) {
        expect(element.text).to.equal(url);
        const source = documents[hop]!.slice(element.start, element.end);
        expect(source).to.match(new RegExp(`^<${element.name}[^]*${element.name}\\s*>$`));
      }
    }));

  it('loses no URL of a wrapper without saying so', () =>
    check(plainChain, (plan) => {
      const site = writeSite(plan);
      const { adm, findings } = merge(site);
      const kept = new Set(listUrls(adm).map(({ event, url }) => `${event} ${url}`));
      for (const [hop, text] of documentsOf(site).slice(0, -1).entries()) {
        // Of these a player takes those of the closest hop alone.
        const wanted = listUrls(text, 'Wrapper').filter(({ event }) => !/clickThrough|^icon/.test(event));
        const isLost = wanted.some(({ event, url }) => !kept.has(`${event} ${url}`));
        const isSaid = findings.some((each) => each.rule === 'chain/unmerged-tracker' && each.hop === hop);
        expect(isSaid || !isLost, `hop ${hop}`).to.equal(true);
      }
    }));

  it('drops nothing but repetitions where asked to', () =>
    check(plainChain, async (plan) => {
      const site = writeSite(plan);
      const [once] = playDocument(merge(site, 'exact').adm);
      const [all] = await followed(site);
      const different = (fired: readonly string[]): readonly string[] =>
        [...new Set(fired.map((each) => each.replace(/ \{[^}]*\} /, ' ')))].sort();
      expect(different(once!.fired)).to.deep.equal(different(all!.fired));
      expect(once!.fired.length).to.be.at.most(all!.fired.length);
    }));

  describe('by the schemas', function () {
    before(function () {
      needSchemas(this);
    });

    it('has valid documents to merge', () =>
      check(strictChain, (plan) => {
        for (const text of documentsOf(writeSite(plan, true)))
          expect(schemaErrors(text, plan.version).join('\n')).to.equal('');
      }));

    it('makes valid Wrappers of valid ones where a chain is cut short', () =>
      check(strictChain, (plan) => {
        const wrappers = documentsOf(writeSite(plan, true)).slice(0, -1);
        fc.pre(wrappers.length > 0);
        const { adm } = collapse(branchOf(wrappers), 'https://ads.example/next');
        expect(schemaErrors(withoutExceptions(adm, plan.version), plan.version).join('\n')).to.equal('');
      }));

    it('makes valid documents of valid ones', () =>
      check(strictChain, (plan) => {
        const { adm } = merge(writeSite(plan, true));
        expect(schemaErrors(withoutExceptions(adm, plan.version), plan.version).join('\n')).to.equal('');
      }));
  });
});
