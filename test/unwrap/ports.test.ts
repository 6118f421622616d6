import { expect } from 'chai';
import { untraced } from '../../src/unwrap/ports.ts';
import { unwrapResult } from '../support/unwrap-result.ts';

describe('untraced', () => {
  it('runs what is traced, and records nothing, of the bids of a batch either', () => {
    const { trace, end } = untraced.bid({ impid: '1', bidder: null });
    expect(trace.step('vast.merge', () => 7)).to.equal(7);
    expect(trace.hop(0, 100).link).to.equal(null);
    trace.probe({ mode: 'wait', host: 'media.example' }).end('read', []);
    end(unwrapResult());
  });
});
