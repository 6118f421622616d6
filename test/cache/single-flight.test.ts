import { expect } from 'chai';
import { createSingleFlight } from '../../src/cache/single-flight.ts';
import { Deadline } from '../../src/deadline.ts';

describe('createSingleFlight', () => {
  const time = { now: 0 };
  const clock = (): number => time.now;
  const after = (ms: number): Deadline => Deadline.after(ms, clock);

  /** A load that the test ends; it also ends at its deadline, as every load does. */
  function scripted(): {
    readonly load: (deadline: Deadline) => Promise<string>;
    readonly deadlines: Deadline[];
    readonly end: (value: string) => void;
  } {
    const deadlines: Deadline[] = [];
    const ends: ((value: string) => void)[] = [];
    return {
      deadlines,
      load: (deadline) => {
        deadlines.push(deadline);
        const { promise, resolve } = Promise.withResolvers<string>();
        ends.push(resolve);
        deadline.onEnd(() => resolve(`aborted: ${deadline.endedBy}`));
        return promise;
      },
      end: (value) => ends.at(-1)!(value),
    };
  }

  it('loads once for a thousand who miss at once; one of them tells what it cost', async () => {
    const join = createSingleFlight<string>(clock);
    const { load, deadlines, end } = scripted();
    const waits = Array.from({ length: 1000 }, () => join('a', after(1000), load));
    end('document');
    const results = await Promise.all(waits);
    expect(deadlines).to.have.length(1);
    expect(results[0]).to.deep.equal({ kind: 'loaded', value: 'document', part: 'began' });
    expect(results.slice(1).every((each) => each.kind === 'loaded' && each.part === 'joined')).to.equal(true);
  });

  it('loads other keys, and the same key later, anew', async () => {
    const join = createSingleFlight<string>(clock);
    const { load, deadlines, end } = scripted();
    const first = join('a', after(1000), load);
    void join('b', after(1000), load);
    expect(deadlines).to.have.length(2);
    deadlines[0]!.cancel('x');
    await first;
    void join('a', after(1000), load);
    expect(deadlines).to.have.length(3);
    end('');
    deadlines[1]!.cancel();
  });

  it('goes on for the others when the first one leaves; the next tells what it cost', async () => {
    const join = createSingleFlight<string>(clock);
    const { load, deadlines, end } = scripted();
    const [first, second] = [after(1000), after(1000)];
    const waits = [join('a', first, load), join('a', second, load), join('a', second, load)];
    first.cancel('caller-gone');
    expect(await waits[0]).to.deep.equal({ kind: 'left' });
    expect(deadlines[0]!.endedBy).to.equal(null);
    end('document');
    expect(await waits[1]).to.deep.equal({ kind: 'loaded', value: 'document', part: 'taken over' });
    expect(await waits[2]).to.deep.equal({ kind: 'loaded', value: 'document', part: 'joined' });
  });

  it('is given up when nobody waits any more, with the reason of the last to leave', async () => {
    const join = createSingleFlight<string>(clock);
    const { load, deadlines } = scripted();
    const [first, second] = [after(1000), after(1000)];
    const waits = [join('a', first, load), join('a', second, load)];
    first.cancel('timeout');
    await waits[0];
    second.cancel('caller-gone');
    expect(await waits[1]).to.deep.equal({ kind: 'loaded', value: 'aborted: caller-gone', part: 'taken over' });
    expect(deadlines).to.have.length(1);
  });

  it('tells a caller who waits alone how the load ended at the deadline', async () => {
    const join = createSingleFlight<string>(clock);
    const { load } = scripted();
    const result = await join('a', Deadline.after(5), load);
    expect(result).to.deep.equal({ kind: 'loaded', value: 'aborted: timeout', part: 'began' });
  });

  it('gives the load as much time as the caller with the most', async () => {
    time.now = 0;
    const join = createSingleFlight<string>(clock);
    const { load, deadlines, end } = scripted();
    const waits = [join('a', after(100), load)];
    expect(deadlines[0]!.remaining()).to.equal(100);
    time.now = 40;
    waits.push(join('a', after(100), load));
    expect(deadlines[0]!.remaining()).to.equal(100);
    waits.push(join('a', after(20), load));
    expect(deadlines[0]!.remaining()).to.equal(100);
    end('document');
    await Promise.all(waits);
  });

  it('starts afresh for whoever comes after the last has left', async () => {
    const join = createSingleFlight<string>(clock);
    const { load, deadlines, end } = scripted();
    const first = after(1000);
    const waits = [join('a', first, load)];
    first.cancel();
    await Promise.resolve();
    waits.push(join('a', after(1000), load));
    end('document');
    expect(await waits[1]).to.include({ kind: 'loaded', value: 'document' });
    expect(deadlines).to.have.length(2);
    await waits[0];
  });

  it('ends the deadline of a load that is done, so that no timer is left', async () => {
    const join = createSingleFlight<string>(clock);
    const { load, deadlines, end } = scripted();
    const wait = join('a', after(1000), load);
    end('document');
    await wait;
    expect(deadlines[0]!.endedBy).to.equal('loaded');
  });

  it('passes an exception on to all, and forgets the flight', async () => {
    const join = createSingleFlight<string>(clock);
    const bug = (): Promise<string> => Promise.reject(new Error('bug'));
    const waits = [join('a', after(1000), bug), join('a', after(1000), bug)];
    const results = await Promise.allSettled(waits);
    expect(results.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected']);
    const { load, end } = scripted();
    const next = join('a', after(1000), load);
    end('fine');
    expect(await next).to.include({ value: 'fine' });
  });
});
