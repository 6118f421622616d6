import { expect } from 'chai';
import { createRepeatedText } from '../src/repeated-text.ts';

describe('createRepeatedText', () => {
  it('works once for each text, whatever comes of it', () => {
    const known = createRepeatedText<string | undefined>();
    let works = 0;
    const ask = (text: string, value?: string): string | undefined => known(text, () => ((works += 1), value));
    expect([ask('a', '1'), ask('b'), ask('a', '2'), ask('b', '3')]).to.deep.equal(['1', undefined, '1', undefined]);
    expect(works).to.equal(2);
  });

  it('keeps nothing of what was thrown', () => {
    const known = createRepeatedText<number>();
    const bad = (): number => {
      throw new Error('bad');
    };
    expect(() => known('a', bad)).to.throw('bad');
    expect(known('a', () => 1)).to.equal(1);
  });

  it('keeps few texts, and short ones', () => {
    const known = createRepeatedText<number>();
    known('first', () => 1);
    for (let index = 0; index < 3000; index += 1) known(`other ${index}`, () => index);
    expect(known('first', () => 2)).to.equal(2);
    const long = 'x'.repeat(10_000);
    known(long, () => 1);
    expect(known(long, () => 2)).to.equal(2);
  });
});
