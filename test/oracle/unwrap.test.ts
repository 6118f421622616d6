import { expect } from 'chai';
import fc from 'fast-check';
import type { Ports } from '../../src/unwrap/ports.ts';
import { anyChain, chainDetails, plainChain, withDetails, writeSite, type Site } from '../support/chains.ts';
import { followAsPlayer, type AskAdServer, type Followed } from '../support/player-follow.ts';
import { play, playDocument } from '../support/player.ts';
import { portsOver } from '../support/ports.ts';
import { runUnwrap } from '../support/run-unwrap.ts';
import { listUrls } from '../support/url-lists.ts';

// The oracle for whole chains: pods, buffets, flags, dead ends. RUNS=10000 for a long run.

const numRuns = Number(process.env['RUNS'] ?? 150);

function adServer({ pages }: Site): AskAdServer {
  return (uri) => Promise.resolve(pages[uri] === undefined ? null : { url: uri, body: pages[uri] });
}

/** The site without one page: its server does not answer. */
function portsWithout(site: Site, silent: string): Ports {
  const ports = portsOver(site.pages);
  const failure = { reason: 'timeout', message: 'no reply' } as const;
  return {
    ...ports,
    fetch: (request, deadline) =>
      request.url === silent
        ? Promise.resolve({ exchanges: [], outcome: { ok: false, failure } })
        : ports.fetch(request, deadline),
  };
}

const followSite = (site: Site): Promise<Followed> => followAsPlayer({ uri: site.entry }, adServer(site));

describe('unwrapping, held against a player', () => {
  it('plays the same ads, asked for with the same requests, or no ad where the player finds none', () =>
    fc.assert(
      fc.asyncProperty(anyChain, async (plan) => {
        const site = writeSite(plan);
        const player = await followSite(site);
        fc.pre(player.asked.length <= 16);
        const ports = portsOver(site.pages);
        const result = await runUnwrap(site.entry, ports);
        expect(ports.requests.map(({ url }) => url).sort()).to.deep.equal([...player.asked].sort());
        expect([...result.errorUrls].sort()).to.deep.equal([...player.told].sort());
        expect(result.adm === null).to.equal(player.ads.length === 0);
        if (result.adm === null) return;
        expect(playDocument(result.adm)).to.deep.equal(player.ads.map(play));
        const listed = listUrls(result.adm).map(({ event, url }) => `${event} ${url}`);
        expect(
          result
            .merged!.trackers()
            .map(({ event, url }) => `${event} ${url}`)
            .sort(),
        ).to.deep.equal(listed.sort());
      }),
      { numRuns },
    ));

  it('collapses to a Wrapper that leads a player to the same ad with fewer requests', () =>
    fc.assert(
      fc.asyncProperty(plainChain, chainDetails, fc.nat(), async (plan, details, which) => {
        const site = writeSite(withDetails(plan, details));
        const player = await followSite(site);
        fc.pre(player.asked.length > 1);
        const late = 1 + (which % (player.asked.length - 1));
        const result = await runUnwrap(site.entry, portsWithout(site, player.asked[late]!), { onTimeout: 'collapse' });
        expect(result).to.include({ status: 'collapsed', vastError: null, reason: 'timeout' });
        const collapsed = await followAsPlayer({ document: result.adm! }, adServer(site));
        expect(collapsed.asked).to.deep.equal(player.asked.slice(late));
        expect(collapsed.ads.map(play)).to.deep.equal(player.ads.map(play));
      }),
      { numRuns },
    ));
});
