import { expect } from 'chai';
import { createTurns } from '../../src/unwrap/turns.ts';

describe('createTurns', () => {
  /** What each of so many pieces began in: turns of the loop since the first. */
  async function begin(count: number, costMs: number): Promise<readonly number[]> {
    let remaining = 1000;
    let loopTurns = 0;
    let isOver = false;
    const countTurn = (): void => {
      loopTurns += 1;
      if (!isOver) setImmediate(countTurn);
    };
    const { next } = createTurns({ remaining: () => remaining });
    setImmediate(countTurn);
    const begun = await Promise.all(
      Array.from({ length: count }, async () => {
        await next();
        remaining -= costMs;
        return loopTurns;
      }),
    );
    isOver = true;
    return begun;
  }

  it('lets several short pieces begin at once, in their order, then others have their turn', async () => {
    const begun = await begin(20, 0);
    expect(begun).to.deep.equal(begun.toSorted((a, b) => a - b));
    expect(begun.filter((each) => each === begun[0])).to.have.length(8);
    expect(new Set(begun).size).to.equal(3);
  });

  it('gives the loop back after each long piece', async () => {
    expect(new Set(await begin(5, 6)).size).to.equal(5);
    expect(new Set(await begin(6, 3)).size).to.equal(3);
  });
});
