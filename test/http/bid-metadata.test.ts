import { expect } from 'chai';
import { bidMetadata } from '../../src/http/bid-metadata.ts';
import { unwrapResult } from '../support/unwrap-result.ts';

describe('bidMetadata', () => {
  it('is keyed by the bid, whatever is known of it', () => {
    const result = unwrapResult();
    expect(bidMetadata({ bid: { id: 'b', impid: 'i' }, seat: 's', result })).to.include({
      id: 'b',
      impid: 'i',
      seat: 's',
      status: result.status,
      adCount: result.ads.length,
    });
    expect(bidMetadata({ bid: {}, seat: null, result })).to.include({ id: null, impid: null, seat: null });
  });

  it('is bounded', () => {
    const hop = { version: '4.2', host: 'ads.example', adSystem: 'S' };
    const result = { ...unwrapResult(), hops: Array<typeof hop>(1000).fill(hop) } as unknown as ReturnType<
      typeof unwrapResult
    >;
    expect(bidMetadata({ bid: {}, seat: null, result }))
      .to.have.property('hosts')
      .with.length(64);
  });
});
