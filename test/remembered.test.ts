import { expect } from 'chai';
import { remembered } from '../src/remembered.ts';

describe('remembered', () => {
  function counted(): { readonly of: (text: string) => string | undefined; readonly asked: string[] } {
    const asked: string[] = [];
    const of = remembered((text) => {
      asked.push(text);
      return text === 'nothing' ? undefined : `of ${text}`;
    });
    return { of, asked };
  }

  it('works out each text once, also one of which nothing comes', () => {
    const { of, asked } = counted();
    expect(['a', 'b', 'a', 'nothing', 'nothing', 'b'].map(of)).to.deep.equal([
      'of a',
      'of b',
      'of a',
      undefined,
      undefined,
      'of b',
    ]);
    expect(asked).to.deep.equal(['a', 'b', 'nothing']);
  });

  it('holds no long texts, and not more and more of them', () => {
    const { of, asked } = counted();
    const long = 'x'.repeat(257);
    for (const text of [long, long]) of(text);
    expect(asked).to.have.length(2);
    for (let each = 0; each < 3000; each += 1) of(`${each}`);
    asked.length = 0;
    for (let each = 0; each < 3000; each += 1) of(`${each}`);
    expect(asked.length, 'of those before, a thousand at most').to.be.at.least(2000);
  });

  it('gives the same for any texts as the function itself', () => {
    const { of } = counted();
    for (let each = 0; each < 5000; each += 1) expect(of(`${each % 1200}`)).to.equal(`of ${each % 1200}`);
  });
});
