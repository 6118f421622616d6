import { expect } from 'chai';
import { AssetListSchema } from '../../src/http/answer-schema.ts';
import { assetListAnswer } from '../../src/http/asset-list-answer.ts';
import { unwrapRequest } from '../support/unwrap-request.ts';
import { unwrapResult } from '../support/unwrap-result.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

describe('assetListAnswer', () => {
  const adm = vast(inLineAd({ id: 'a' }));

  it('is what the OpenAPI document says', () => {
    const answer = assetListAnswer(unwrapResult({ adm }));
    expect(answer.ASSETS).to.have.length(1);
    expect(AssetListSchema.safeParse(answer).success).to.equal(true);
  });

  it('is empty where there is nothing to play, and says why', () => {
    const answer = assetListAnswer(unwrapResult({ status: 'no_ad', adm: null, vastError: 303, reason: 'no-ad' }));
    expect(answer).to.deep.equal({
      ASSETS: [],
      'X-VAST-UNWRAP': { status: 'no_ad', vastError: 303, reason: 'no-ad', ads: [] },
    });
    expect(assetListAnswer(unwrapResult({ status: 'collapsed', adm })).ASSETS).to.deep.equal([]);
  });

  it('goes by the device and by the time of the request', () => {
    const { options } = unwrapRequest({ url: 'x' });
    const skipped = (stitching: Parameters<typeof assetListAnswer>[1]): string | null | undefined =>
      assetListAnswer(unwrapResult({ adm }), stitching)['X-VAST-UNWRAP'].ads[0]?.skipReason;
    expect(skipped({ imp: null, options })).to.equal(null);
    expect(skipped({ imp: null, options: { ...options, profile: { types: ['video/webm'] } } })).to.equal(
      'no-rendition',
    );
    expect(skipped({ imp: { video: { poddur: 10 } }, options })).to.equal('too-long');
  });
});
