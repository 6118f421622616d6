import { expect } from 'chai';
import { runUnwrap } from '../support/run-unwrap.ts';
import { portsOver } from '../support/ports.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

// What follows from a chain that was followed; how it is followed is in follow.test.ts and unwrap.test.ts.

describe('conclude', () => {
  const pages = {
    'https://a.example/w': vast(wrapperAd({ uri: 'https://a.example/i' })),
    'https://a.example/i': vast(inLineAd()),
    'https://a.example/dead': vast(wrapperAd({ uri: 'https://a.example/gone' })),
  };

  it('merges and sums up an ad that was reached', async () => {
    const { status, reason, adm, ads, bid, merged } = await runUnwrap('https://a.example/w', portsOver(pages));
    expect({ status, reason }).to.deep.equal({ status: 'resolved', reason: null });
    expect(adm).to.equal(merged!.adm);
    expect(ads).to.have.length(1);
    expect(bid).not.to.equal(null);
  });

  it('sums up when somebody asks, once', async () => {
    const result = await runUnwrap('https://a.example/w', portsOver(pages));
    expect(result).not.to.have.ownProperty('ads');
    expect(result.ads).to.equal(result.ads);
    expect(result.bid).to.equal(result.bid);
    expect(result.hops.map(({ trackers }) => trackers)).to.satisfy((counts: number[]) =>
      counts.every((one) => one > 0),
    );
  });

  it('says why there is none', async () => {
    const result = await runUnwrap('https://a.example/dead', portsOver(pages));
    expect(result).to.include({ adm: null, merged: null, bid: null, reason: 'http-status' });
    expect(result.ads).to.deep.equal([]);
    expect(result.status).not.to.equal('resolved');
  });
});
