import { expect } from 'chai';
import type { Element } from '../../src/vast/element.ts';
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

  it('asks once for what has an element of its own, each question for itself', () => {
    const asked: string[] = [];
    const elementOf = ({ body }: { readonly body: Element }): Element => body;
    const nameOf = remembered(({ body }) => asked.push(`name of ${body.name}`), elementOf);
    const sizeOf = remembered(({ body }) => asked.push(`size of ${body.name}`), elementOf);
    const subject = { body: bodyOf('') };
    for (const ask of [nameOf, sizeOf, nameOf, sizeOf]) ask(subject);
    expect(nameOf({ body: subject.body })).to.equal(1);
    expect(asked).to.deep.equal(['name of InLine', 'size of InLine']);
  });
});
