import { createLimiter, type Limiter } from '../../src/overload/limiter.ts';
import { createLoopWatch } from '../../src/overload/loop-watch.ts';
import { createNewestFirst } from '../../src/overload/newest-first.ts';
import { simulateLoop, type SimulatedLoop } from './simulated-loop.ts';

/** How a request ended, by its caller's clock, in ms. */
export type Ended = {
  readonly at: number;
  readonly ms: number;
  readonly tmax: number;
  readonly end: 'ad' | 'shed' | 'error';
};

export type SimulatedService = {
  readonly loop: SimulatedLoop;
  readonly limiter: Limiter;
  /** A request comes at that time; `then` is called with its end. */
  readonly ask: (at: number, tmax: number, then?: (ended: Ended) => void) => void;
  /** Everything that ended, in order. */
  readonly ended: readonly Ended[];
};

/** What unwraps take: loop time in all, replies that are waited for, and how long for each, in ms. */
export type Costs = {
  readonly loopMs: number;
  readonly hops: number;
  readonly hopMs: number;
  readonly refusalMs: number;
};

export const THREE_HOPS: Costs = { loopMs: 1.5, hops: 3, hopMs: 5, refusalMs: 0.05 };

/**
 * The real limiter over unwraps that only take time, on one simulated thread.
 * @param random from 0 up to 1: loop time and replies vary by it
 * @param slowdown how many times longer everything takes at that time: other processes want the core too
 */
export function simulateService(
  random: () => number,
  costs: Costs = THREE_HOPS,
  limits: { readonly maxInFlight?: number; readonly admits?: boolean } = {},
  slowdown: (at: number) => number = () => 1,
): SimulatedService {
  const loop = simulateLoop();
  const limiter = createLimiter(
    { maxInFlight: limits.maxInFlight ?? 256, refusal: 'no-bid', firstLoopMs: costs.loopMs, longestTmaxMs: 1000 },
    createLoopWatch(loop.clock, loop.meter, loop.atTurnEnd),
    loop.clock,
    createNewestFirst(loop.atTurnEnd),
  );
  const ended: Ended[] = [];
  const work = (ms: number): void => loop.work(ms * slowdown(loop.clock()));
  const varied = (ms: number): number => ms * (0.5 - Math.log(1 - random()) / 2);

  const ask: SimulatedService['ask'] = (at, tmax, then = () => {}) => {
    const end = (how: Ended['end']): void => {
      const one: Ended = { at, ms: loop.clock() - at, tmax, end: how };
      ended.push(one);
      then(one);
    };
    const refused = (refusal: 'no-bid' | 'error'): void => {
      work(costs.refusalMs);
      end(refusal === 'error' ? 'error' : 'shed');
    };
    loop.at(at, () => {
      const arrival = limiter.arrive(tmax);
      if (typeof arrival === 'string') return refused(arrival);
      void arrival.enter(arrival.arrivedAt + tmax - loop.clock(), 1).then((refusal) => {
        if (refusal !== null) return refused(refusal);
        const step = (hop: number): void => {
          work(varied(costs.loopMs / (costs.hops + 1)));
          if (hop < costs.hops) return loop.at(loop.clock() + varied(costs.hopMs), () => step(hop + 1));
          arrival.leave();
          end('ad');
        };
        step(0);
      });
    });
  };
  return { loop, limiter, ask, ended };
}
