import { expect } from 'chai';
import fc from 'fast-check';
import { createFairQueue } from '../../src/egress/fair-queue.ts';

const turnOfLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('createFairQueue', () => {
  it('keeps its bounds, does each task once, and starts whatever has room', async () => {
    const limits = { inAll: 4, perCall: 2, perHost: 2, maxWaiting: 20 };
    const call = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 6 }), fc.infiniteStream(fc.nat()), async (calls, pick) => {
        const queue = createFairQueue<number>(limits);
        const open: { call: number; host: string; end: () => void }[] = [];
        let started = 0;
        const done = calls.flatMap((hosts, number) =>
          queue.put(
            hosts.map((host) => ({ host, item: number })),
            (host, item) => {
              started += 1;
              return new Promise((resolve) => open.push({ call: item, host, end: () => resolve(true) }));
            },
          ),
        );
        const most = (key: 'call' | 'host'): number =>
          Math.max(0, ...[...Map.groupBy(open, (each) => each[key]).values()].map(({ length }) => length));
        while (open.length > 0) {
          expect(open.length).to.be.at.most(limits.inAll);
          expect(most('call')).to.be.at.most(limits.perCall);
          expect(most('host')).to.be.at.most(limits.perHost);
          open.splice(pick.next().value! % open.length, 1)[0]!.end();
          await turnOfLoop();
        }
        const taken = done.filter((each) => each !== null);
        expect(taken).to.have.length(started);
        expect(await Promise.all(taken)).to.not.include(false);
      }),
      { numRuns: 50 },
    );
  });

  it('gives a call its turn, however many tasks another has whose hosts hang', async () => {
    const queue = createFairQueue<string>({ inAll: 8, perCall: 2, perHost: 2, maxWaiting: 10_000 });
    const started: string[] = [];
    const run = (host: string, item: string): Promise<boolean> => {
      started.push(item);
      return host.startsWith('hangs') ? new Promise(() => undefined) : Promise.resolve(true);
    };
    const many = Array.from({ length: 1100 }, (_, index) => ({ host: `hangs-${index % 9}`, item: 'hanging' }));
    void queue.put(many, run);
    void queue.put(many, run);
    const small = ['one', 'two', 'three'].map((item) => ({ host: 'answers', item }));
    expect(await Promise.all(queue.put(small, run).map((each) => Promise.resolve(each)))).to.deep.equal([
      true,
      true,
      true,
    ]);
    expect(started.filter((each) => each === 'hanging')).to.have.length(4);
  });

  it('lets calls take turns', async () => {
    const queue = createFairQueue<string>({ inAll: 1, perCall: 1, perHost: 1, maxWaiting: 100 });
    const order: string[] = [];
    const run = (_host: string, item: string): Promise<boolean> => {
      order.push(item);
      return Promise.resolve(true);
    };
    const tasks = (item: string) => [1, 2, 3].map((number) => ({ host: 'a', item: `${item}${number}` }));
    await Promise.all(
      ['a', 'b', 'c'].flatMap((name) => queue.put(tasks(name), run).map((each) => Promise.resolve(each))),
    );
    expect(order).to.deep.equal(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'c2', 'b3', 'c3']);
  });
});
