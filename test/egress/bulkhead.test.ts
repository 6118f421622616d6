import { expect } from 'chai';
import fc from 'fast-check';
import { type Bulkhead, createBulkhead, type Occupied } from '../../src/egress/bulkhead.ts';

type Leave = (came: Occupied) => void;

/** Takes places until there are no more. */
function fill(bulkhead: Bulkhead, host: string, upTo = Infinity): Leave[] {
  const taken: Leave[] = [];
  for (let next = bulkhead.enter(host); next !== null; next = bulkhead.enter(host)) {
    taken.push(next);
    if (taken.length === upTo) break;
  }
  return taken;
}

/** Fills the room of a host and empties it, and says how many places it had. */
function round(bulkhead: Bulkhead, host: string, came: Occupied, upTo?: number): number {
  const taken = fill(bulkhead, host, upTo);
  for (const leave of taken) leave(came);
  return taken.length;
}

describe('createBulkhead', () => {
  const start = (perHost = 200, inAll = 1024): Bulkhead => createBulkhead({ perHost, inAll });

  it('refuses a host that has all its places, and no other', () => {
    const bulkhead = start(2, 10);
    bulkhead.enter('a');
    const leave = bulkhead.enter('a')!;
    expect(bulkhead.enter('a')).to.equal(null);
    expect(bulkhead.enter('b')).not.to.equal(null);
    leave('neither');
    expect(bulkhead.enter('a')).not.to.equal(null);
  });

  it('refuses everybody when all places are taken', () => {
    const bulkhead = start(2, 3);
    const leave = ['a', 'a', 'b'].map((host) => bulkhead.enter(host)!);
    expect(bulkhead.enter('c')).to.equal(null);
    expect(bulkhead.inFlight()).to.equal(3);
    for (const each of leave) each('answered');
    expect(bulkhead.inFlight()).to.equal(0);
    expect(bulkhead.enter('c')).not.to.equal(null);
  });

  it('gives a host that answers more, up to its most', () => {
    const bulkhead = start();
    expect(round(bulkhead, 'a', 'answered')).to.equal(64);
    const grown = Array.from({ length: 6 }, () => round(bulkhead, 'a', 'answered'));
    expect(grown[0]).to.be.above(80);
    expect(grown.at(-1)).to.equal(200);
    expect(round(bulkhead, 'b', 'answered'), 'another begins anew').to.equal(64);
  });

  it('gives nothing more to a host that does not use what it has', () => {
    const bulkhead = start();
    for (let index = 0; index < 100; index += 1) round(bulkhead, 'a', 'answered', 10);
    expect(round(bulkhead, 'a', 'neither')).to.equal(64);
  });

  it('leaves a few places to a host that hangs, and lets it grow again when it answers', () => {
    const bulkhead = start();
    round(bulkhead, 'a', 'hung');
    expect(round(bulkhead, 'a', 'hung')).to.equal(8);
    expect(round(bulkhead, 'a', 'neither'), 'what ends otherwise changes nothing').to.equal(8);
    for (let index = 0; index < 8; index += 1) round(bulkhead, 'a', 'answered');
    expect(round(bulkhead, 'a', 'answered')).to.be.above(64);
    expect(round(bulkhead, 'b', 'neither')).to.equal(64);
  });

  it('does not take the room of a host of which one request in a hundred hangs', () => {
    const bulkhead = start();
    for (let index = 1; index <= 50; index += 1)
      for (const [at, leave] of fill(bulkhead, 'a').entries()) leave(at % 100 === 99 ? 'hung' : 'answered');
    expect(round(bulkhead, 'a', 'neither')).to.be.above(170);
  });

  it('remembers a thousand idle hosts at most', () => {
    const bulkhead = start();
    for (let host = 0; host <= 1000; host += 1) round(bulkhead, `h${host}`, 'hung', 20);
    expect(round(bulkhead, 'h1', 'neither')).to.be.below(64);
    expect(round(bulkhead, 'h0', 'neither'), 'the one that was idle longest is new again').to.equal(64);
  });

  const step = fc.record({
    host: fc.constantFrom('a', 'b', 'c'),
    leave: fc.boolean(),
    came: fc.constantFrom<Occupied>('answered', 'hung', 'neither'),
  });

  it('never passes its bounds, never refuses a host its few places while there is room, whatever came', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), fc.integer({ min: 1, max: 90 }), (steps, perHost) => {
        const bulkhead = start(perHost, 100);
        const inside: Record<string, Leave[]> = { a: [], b: [], c: [] };
        for (const { host, leave, came } of steps) {
          const here = inside[host]!;
          if (leave) here.pop()?.(came);
          else {
            const entered = bulkhead.enter(host);
            const total = bulkhead.inFlight();
            if (entered !== null) here.push(entered);
            else expect(here.length >= Math.min(8, perHost) || total === 100).to.equal(true);
          }
          expect(here.length).to.be.at.most(perHost);
          expect(bulkhead.inFlight()).to.equal(inside.a!.length + inside.b!.length + inside.c!.length);
          expect(bulkhead.inFlight()).to.be.at.most(100);
        }
      }),
    );
  });
});
