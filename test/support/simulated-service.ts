import { type Admitted, createLimiter, type Limiter } from '../../src/overload/limiter.ts';
import { createLoopWatch } from '../../src/overload/loop-watch.ts';
import { createNewestFirst } from '../../src/overload/newest-first.ts';
import { createUrgentFirst } from '../../src/overload/urgent-first.ts';
import { simulateLoop, type SimulatedLoop } from './simulated-loop.ts';

/** How a request ended, by its caller's clock, in ms. */
export type Ended = {
  readonly at: number;
  readonly ms: number;
  readonly tmax: number;
  readonly end: 'ad' | 'shed' | 'error' | 'timeout';
};

export type SimulatedService = {
  readonly loop: SimulatedLoop;
  readonly limiter: Limiter;
  /** A request comes at that time; `then` is called with its end. */
  readonly ask: (at: number, tmax: number, then?: (ended: Ended) => void) => void;
  /** Everything that ended, in order. */
  readonly ended: readonly Ended[];
};

/** What unwraps take: loop time but for pauses, replies that are waited for, and how long for each, in ms. */
export type Costs = {
  readonly loopMs: number;
  readonly hops: number;
  readonly hopMs: number;
  readonly refusalMs: number;
  /** Part of the loop time that reading a reply off its socket takes: it cannot be put off. */
  readonly readShare: number;
  /** Garbage is collected after so many steps, for so long. */
  readonly pause: { readonly everySteps: number; readonly ms: number };
};

/** A chain of three hops in the proportions that were measured of the service, on a machine of ordinary speed. */
export const MEASURED: Costs = {
  loopMs: 1.5,
  hops: 3,
  hopMs: 5,
  refusalMs: 0.06,
  readShare: 0.3,
  pause: { everySteps: 200, ms: 7 },
};

/** What an unwrap takes of the loop in all, its part of the pauses included, in ms. */
export function loopMsOf({ loopMs, hops, pause }: Costs): number {
  return loopMs + ((hops + 1) * pause.ms) / pause.everySteps;
}

/**
 * The real limiter over unwraps that only take time, on one simulated thread.
 * @param random from 0 up to 1: loop time and replies vary by it
 * @param slowdown how many times longer everything takes at that time: other processes want the core too
 */
export function simulateService(
  random: () => number,
  costs: Costs,
  limits: { readonly maxInFlight?: number } = {},
  slowdown: (at: number) => number = () => 1,
): SimulatedService {
  const loop = simulateLoop();
  const limiter = createLimiter(
    { maxInFlight: limits.maxInFlight ?? 256, refusal: 'no-bid', firstLoopMs: costs.loopMs, longestTmaxMs: 1000 },
    createLoopWatch(loop.clock, loop.meter, loop.atTurnEnd),
    loop.clock,
    createNewestFirst(loop.atTurnEnd),
  );
  const urgentFirst = createUrgentFirst(loop.clock, loop.atTurnEnd);
  const ended: Ended[] = [];
  const work = (ms: number): void => loop.work(ms * slowdown(loop.clock()));
  const varied = (ms: number): number => ms * (0.5 - Math.log(1 - random()) / 2);

  let steps = 0;
  const collectGarbage = (): number => {
    steps += 1;
    return steps % costs.pause.everySteps === 0 ? costs.pause.ms : 0;
  };

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
    const unwrap = (arrival: Admitted, dueAt: number): void => {
      const step = (hop: number): void => {
        const ms = varied(costs.loopMs / (costs.hops + 1));
        const readMs = hop === 0 ? 0 : ms * costs.readShare;
        const goOn = (): void => {
          work(ms - readMs + collectGarbage());
          if (hop < costs.hops) return loop.at(loop.clock() + varied(costs.hopMs), () => step(hop + 1));
          arrival.leave();
          end(loop.clock() > dueAt ? 'timeout' : 'ad');
        };
        work(readMs);
        // a tag is asked for at once, a document that was given is read in its turn
        if (hop === 0 && costs.hops > 0) goOn();
        else void urgentFirst({ remaining: () => Math.max(0, dueAt - loop.clock()) }).then(goOn);
      };
      step(0);
    };
    const come = async (): Promise<void> => {
      const arrival = await limiter.arrive(tmax, () => true);
      if (typeof arrival === 'string') return refused(arrival);
      const dueAt = arrival.arrivedAt + tmax;
      const refusal = await arrival.enter(dueAt - loop.clock(), 1);
      return refusal === null ? unwrap(arrival, dueAt) : refused(refusal);
    };
    loop.at(at, () => void come());
  };
  return { loop, limiter, ask, ended };
}
