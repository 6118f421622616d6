import { expect } from 'chai';
import { FAILURES } from '../../src/chain/failure.ts';
import { ADVICE } from '../../src/debug/advice.ts';

describe('ADVICE', () => {
  it('says of every failure what to tell whom, in a sentence', () => {
    expect(Object.keys(ADVICE)).to.have.members(Object.keys(FAILURES));
    for (const { tell } of Object.values(ADVICE)) expect(tell).to.match(/^[A-Z].*\.$/);
  });
});
