import { Deadline, type Clock } from '../deadline.ts';

// Callers often miss the same document at the same moment. One of them loads it, the others wait for the same load: that
// is a flight. It has a key, a deadline of its own, and the number of callers who wait for it.
//
// - The first caller begins the flight, the next ones with its key join. It may last as long as the caller with the most
//   time has. It has no timer: it ends with the last caller, and each of those has one.
// - Each caller waits until its own deadline. Who has to go while others wait on goes without a value (`left`).
// - When the last one has to go, nobody wants the load any more: it is given up, and its key is free for the next caller.
//   That last one is given what a load comes to that is given up, a failure.
// - What a load cost is to be reported once: by the caller who began it, or where that one has left, by the first of those
//   who are still there (`taken over`).

/** How a wait ended: with what was loaded, or without it, because the caller's own deadline passed and others wait on. */
export type FlightResult<Value> =
  | {
      readonly kind: 'loaded';
      readonly value: Value;
      /** Is it the caller's own load, that of a caller who has left, or one that another caller reports? */
      readonly part: 'began' | 'taken over' | 'joined';
    }
  | { readonly kind: 'left' };

/** Joins the load of this key that is under way, or begins it. */
export type SingleFlight<Value> = (
  key: string,
  deadline: Deadline,
  load: (deadline: Deadline) => Promise<Value>,
) => Promise<FlightResult<Value>>;

type Flight<Value> = {
  readonly deadline: Deadline;
  readonly value: Promise<Value>;
  waiting: number;
  isReported: boolean;
};

/** Lets any number of callers that miss the same thing at once cause one load. */
export function createSingleFlight<Value>(clock: Clock): SingleFlight<Value> {
  const flights = new Map<string, Flight<Value>>();

  const begin = (key: string, ms: number, load: (deadline: Deadline) => Promise<Value>): Flight<Value> => {
    const deadline = Deadline.held(ms, clock);
    const flight: Flight<Value> = { deadline, value: load(deadline), waiting: 0, isReported: false };
    flights.set(key, flight);
    const end = (): void => {
      deadline.cancel('loaded');
      if (flights.get(key) === flight) flights.delete(key);
    };
    flight.value.then(end, end);
    return flight;
  };

  return async (key, deadline, load) => {
    const underWay = flights.get(key);
    const flight = underWay ?? begin(key, deadline.remaining(), load);
    flight.deadline.extend(deadline.remaining());
    flight.waiting += 1;
    const isThere = await waitFor(flight.value, deadline);
    flight.waiting -= 1;
    if (!isThere && flight.waiting > 0) return { kind: 'left' };
    if (!isThere) {
      if (flights.get(key) === flight) flights.delete(key);
      flight.deadline.cancel(deadline.endedBy ?? 'timeout');
    }
    const part = underWay === undefined ? 'began' : flight.isReported ? 'joined' : 'taken over';
    flight.isReported = true;
    return { kind: 'loaded', value: await flight.value, part };
  };
}

/** True when the value is there (or failed), false when the deadline ended first. */
function waitFor(value: Promise<unknown>, deadline: Deadline): Promise<boolean> {
  return new Promise((resolve) => {
    const forget = deadline.onEnd(() => resolve(false));
    const stay = (): void => {
      forget();
      resolve(true);
    };
    value.then(stay, stay);
  });
}
