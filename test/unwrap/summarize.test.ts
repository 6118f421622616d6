import { expect } from 'chai';
import type { Settled } from '../../src/chain/step.ts';
import { MEDIA_URL_RULES } from '../../src/creative/media-url-rules.ts';
import { describeBid, summarizeAds } from '../../src/unwrap/summarize.ts';
import type { InLine, Wrapper } from '../../src/vast/ad.ts';
import { inLineAd, read, vast } from '../support/vast-text.ts';

const verification = (vendor: string): string =>
  `<AdVerifications><Verification vendor="${vendor}"><JavaScriptResource apiFramework="omid">https://v.example/omid.js</JavaScriptResource></Verification></AdVerifications>`;

function settled(): Settled {
  const wrapper = read(
    vast(
      `<Ad><Wrapper><AdSystem>W</AdSystem><VASTAdTagURI>https://b.example</VASTAdTagURI>${verification('w.example-omid')}</Wrapper></Ad>`,
    ),
  );
  const document = read(
    vast(inLineAd({ id: 'ad' }).replace('<Creatives>', `${verification('i.example-omid')}<Creatives>`)),
  );
  const branch = [{ hop: 0, document: wrapper, wrapper: wrapper.ads[0] as Wrapper, uri: null }];
  return { kind: 'settled', hop: 1, document, inline: document.ads[0] as InLine, branch };
}

const summarize = (ads: readonly Settled[], pod: boolean): ReturnType<typeof summarizeAds> =>
  summarizeAds(ads, pod, [], MEDIA_URL_RULES);

describe('summarizeAds', () => {
  it('names the verification vendors of every hop', () => {
    expect(summarize([settled()], false)[0]!.verifications).to.deep.equal(['i.example-omid', 'w.example-omid']);
  });

  it('numbers the slots of a pod', () => {
    expect(summarize([settled(), settled()], true).map(({ sequence }) => sequence)).to.deep.equal([1, 2]);
    expect(summarize([settled()], false)[0]!.sequence).to.equal(null);
  });
});

describe('describeBid', () => {
  it('counts the frameworks of media and of every verification', () => {
    const ads = [settled()];
    expect(describeBid(ads, summarize(ads, false))).to.deep.include({ apis: [7], protocol: 11, dur: 15 });
  });
});
