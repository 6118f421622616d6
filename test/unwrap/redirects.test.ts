import { expect } from 'chai';
import { redirectsOf } from '../../src/unwrap/redirects.ts';

describe('redirectsOf', () => {
  it('counts what led to another request, not where one was asked for anew', () => {
    const of = (...statuses: (number | null)[]): number => redirectsOf(statuses.map((httpStatus) => ({ httpStatus })));
    expect(of()).to.equal(0);
    expect(of(200)).to.equal(0);
    expect(of(302, 307, 200)).to.equal(2);
    expect(of(302, 302)).to.equal(1);
    expect(of(200, 200)).to.equal(0);
    expect(of(302, 200, null)).to.equal(1);
  });
});
