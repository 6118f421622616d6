import { expect } from 'chai';
import { runBounded } from '../../src/batch/run-bounded.ts';

/** Items that end when the test says so. */
function held() {
  const open: { readonly item: number; readonly end: () => void }[] = [];
  const run = (item: number): Promise<void> => new Promise((end) => void open.push({ item, end }));
  const turn = (): Promise<void> => new Promise((done) => setImmediate(done));
  return { open, run, turn };
}

describe('runBounded', () => {
  it('begins the next when one has ended, never more at once', async () => {
    const { open, run, turn } = held();
    const all = runBounded([1, 2, 3, 4], 2, run);
    expect(open.map(({ item }) => item)).to.deep.equal([1, 2]);
    open[1]!.end();
    await turn();
    expect(open.map(({ item }) => item)).to.deep.equal([1, 2, 3]);
    for (const at of [0, 2, 3]) {
      open[at]!.end();
      await turn();
    }
    await all;
    expect(open).to.have.lengthOf(4);
  });

  it('begins no more once it is stopped, and waits for what is under way', async () => {
    const { open, run, turn } = held();
    let isStopped = false;
    let ended = false;
    const all = runBounded([1, 2, 3], 1, run, () => isStopped).then(() => (ended = true));
    isStopped = true;
    await turn();
    expect(ended).to.equal(false);
    open[0]!.end();
    await all;
    expect(open).to.have.lengthOf(1);
  });

  it('has nothing to do with nothing', async () => {
    await runBounded([], 4, () => Promise.reject(new Error('never')));
  });
});
