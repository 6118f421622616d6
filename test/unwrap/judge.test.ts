import { expect } from 'chai';
import type { Settled } from '../../src/chain/step.ts';
import { mergeAds } from '../../src/merge/merge.ts';
import { judge } from '../../src/unwrap/judge.ts';
import type { InLine, Wrapper } from '../../src/vast/ad.ts';
import { unwrapRequest } from '../support/unwrap-request.ts';
import { inLineAd, read, vast } from '../support/vast-text.ts';

describe('judge', () => {
  it('passes on what merging found', () => {
    const icon =
      '<Creatives><Creative><NonLinearAds><TrackingEvents><Tracking event="close">https://t.example</Tracking></TrackingEvents></NonLinearAds></Creative></Creatives>';
    const above = read(vast(`<Ad><Wrapper><VASTAdTagURI>https://b.example</VASTAdTagURI>${icon}</Wrapper></Ad>`));
    const document = read(vast(inLineAd()));
    const branch = [{ hop: 0, document: above, wrapper: above.ads[0] as Wrapper, uri: null }];
    const ads: readonly Settled[] = [{ kind: 'settled', hop: 1, document, inline: document.ads[0] as InLine, branch }];
    const merged = mergeAds(ads, { pod: false, dedupe: 'none' });
    const { findings } = judge(unwrapRequest({ adm: '' }), ads, [], merged);
    expect(findings.map(({ rule, hop }) => [rule, hop])).to.deep.include(['chain/unmerged-tracker', 0]);
  });
});
