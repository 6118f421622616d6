import { expect } from 'chai';
import { once } from '../../src/unwrap/once.ts';

describe('once', () => {
  it('makes a thing when it is asked for, and not again', () => {
    let made = 0;
    const get = once(() => {
      made += 1;
      return null;
    });
    expect(made).to.equal(0);
    expect([get(), get(), made]).to.deep.equal([null, null, 1]);
  });
});
