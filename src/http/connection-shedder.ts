import type { Middleware, Next, ParameterizedContext } from 'koa';

// With several workers, connections are shared out when they are opened, and callers keep them open for as long as they
// can. So one worker may be left with most of them, and with most of the work, after another was replaced.
//
// Every second each worker is told how many connections all of them have. One that has far more than its peers ends a
// quarter of the surplus until it is told again: enough to come down in some seconds, too few for callers to notice. It
// ends a connection by saying `Connection: close` with an answer, so that nothing under way is lost and the caller opens
// another, which goes to a worker with fewer. Only an answer that has an ad says so: with a refusal or an error callers
// would take it for a fault.

/** Decides which answers are the last of their connection. */
export type ConnectionShedder = {
  /**
   * Told every second what this process holds. Far more than its peers is what is beyond `ratio` times their mean.
   *
   * @param all connections of all workers together, this one's included
   */
  readonly weigh: (own: number, all: number, workers: number) => void;
  /** Is there a connection to end? Hardly ever, so that it is asked first. */
  readonly isDue: () => boolean;
  /** May this answer be the last of its connection? Yes counts. */
  readonly takeTurn: () => boolean;
};

/** So many connections are not worth moving, however few the peers have. */
const FEW = 10;
const SHARE = 1 / 4;

export function createConnectionShedder(ratio: number): ConnectionShedder {
  let due = 0;
  return {
    weigh: (own, all, workers) => {
      const peersHold = workers > 1 ? (all - own) / (workers - 1) : own;
      due = Math.max(0, Math.ceil((own - Math.max(FEW, ratio * peersHold)) * SHARE));
    },
    isDue: () => due > 0,
    takeTurn: () => {
      if (due === 0) return false;
      due -= 1;
      return true;
    },
  };
}

/**
 * Answers `Connection: close` where it is the connection's turn: never to a refusal, an error or an answer without an
 * ad, which callers would take for a fault.
 */
export function shedConnections(shedder: ConnectionShedder): Middleware {
  const closeAfter = async (ctx: ParameterizedContext, next: Next): Promise<void> => {
    await next();
    if (ctx.status === 200 && HARMLESS.has(ctx.response.get('VAST-Status') ?? '') && shedder.takeTurn()) {
      ctx.set('Connection', 'close');
    }
  };
  return (ctx, next) => (shedder.isDue() ? closeAfter(ctx, next) : next());
}

/** What `VAST-Status` says where there is an ad; a BidResponse has no such header. */
const HARMLESS: ReadonlySet<string> = new Set(['resolved', 'collapsed', '']);
