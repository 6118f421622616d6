import { expect } from 'chai';
import { remembered } from '../../src/vast/remembered.ts';
import { bodyOf } from '../support/ad-body.ts';

describe('remembered', () => {
  it('asks once for each element, also where nothing came of it', () => {
    const asked: string[] = [];
    const nameOf = remembered(({ name }) => void asked.push(name));
    const [one, other] = [bodyOf(''), bodyOf('<AdTitle/>')];
    for (const each of [one, other, one, other.children[0]!]) expect(nameOf(each)).to.equal(undefined);
    expect(asked).to.deep.equal(['InLine', 'InLine', 'AdTitle']);
  });
});
