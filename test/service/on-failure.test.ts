import { expect } from 'chai';
import { startAdServer } from '../support/ad-server.ts';
import { followAsPlayer } from '../support/player-follow.ts';
import { startService } from '../support/service.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

// Bids, each a chain of four hops whose last ad server takes longer than the auction has. What players then ask
// for, and how often each ad server has decided in all, depends on what became of the bid. docs/integrating.md has these
// counts for a hundred bids.

const BIDS = 20;
const HOPS = ['first', 'second', 'late'] as const;

async function countDecisions(onFailure: 'keep' | 'collapse' | 'drop'): Promise<Readonly<Record<string, number>>> {
  await using ads = await startAdServer();
  const service = await startService({ TMAX_MAX_MS: '10000' });
  let isAuction = true;
  ads.route('/late', () => (isAuction ? { hang: 'before-headers' } : { body: vast(inLineAd()) }));
  // what it decides is counted once more for each time that it is asked
  ads.route('/first', () => ({ body: vast(wrapperAd({ id: 'first', uri: `${ads.base}/second` })) }));
  ads.route('/second', () => ({ body: vast(wrapperAd({ id: 'second', uri: `${ads.base}/late` })) }));
  const bid = Array.from({ length: BIDS }, (_, index) => ({
    id: `${index}`,
    impid: '1',
    // each its own tag, as in auctions: none shares a fetch with another
    adm: vast(wrapperAd({ id: 'bid', uri: `${ads.base}/first?bid=${index}` })),
  }));
  const body = JSON.stringify({
    request: { id: 'r', imp: [{ id: '1', video: {} }] },
    response: { seatbid: [{ bid }] },
    options: { tmax: 3000, onFailure },
  });
  const reply = await service.send('/v1/openrtb2/unwrap', { headers: { 'Content-Type': 'application/json' }, body });
  await service.close();
  isAuction = false;
  const { seatbid } = JSON.parse(reply.text) as { seatbid: readonly { bid: readonly { adm: string }[] }[] };
  let shown = 0;
  for (const { adm } of seatbid.flatMap((seat) => seat.bid)) {
    const ask = async (url: string) => ({ url, body: await (await fetch(url)).text() });
    shown += (await followAsPlayer({ document: adm }, ask)).ads.length;
  }
  const asked = ads.paths().map((path) => path.slice(1).replace(/\?.*/, ''));
  const counts = HOPS.map((hop) => [hop, asked.filter((each) => each === hop).length]);
  return { ...Object.fromEntries(counts), shown } as Record<string, number>;
}

describe('bids whose last ad server is late', function () {
  this.timeout(60_000);

  it('are decided on twice by every ad server of the chain where they are kept', async () => {
    expect(await countDecisions('keep')).to.include({ first: 2 * BIDS, second: 2 * BIDS, shown: BIDS });
  });

  it('are decided on once by those who had decided where they are collapsed', async () => {
    expect(await countDecisions('collapse')).to.include({ first: BIDS, second: BIDS, shown: BIDS });
  });

  it('are not shown where they are dropped', async () => {
    expect(await countDecisions('drop')).to.include({ first: BIDS, second: BIDS, shown: 0 });
  });
});
