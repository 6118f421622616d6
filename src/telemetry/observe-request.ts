import type { Trace } from '../unwrap/ports.ts';
import type { Tracing } from './ended-span.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { type IncomingRequest, type RequestSpan, startRequestSpan } from './request-span.ts';
import type { SpanUrl } from './span-url.ts';

/** Watches a request: its spans, what is counted of it, and its line in the log. */
export function createObserveRequest(
  tracing: Tracing,
  metrics: Metrics,
  log: Log,
  spanUrl: SpanUrl,
): (incoming: IncomingRequest) => RequestSpan {
  return (incoming) => {
    const startedAt = performance.now();
    const span = startRequestSpan(tracing, incoming, spanUrl);
    return {
      ...span,
      trace: counting(span.trace, metrics),
      end: (outcome) => {
        span.end(outcome);
        const ms = performance.now() - startedAt;
        metrics.request(incoming, outcome.httpStatus, ms);
        if (outcome.result !== null) metrics.unwrap(outcome.result);
        const { method, route } = incoming;
        log.request({ ...outcome, method, route, ms, traceId: span.traceId, spanId: span.spanId });
      },
    };
  };
}

/** Each bid of a batch is an unwrap of its own, and a look at a media file may end long after the request. */
function counting(trace: Trace, metrics: Metrics): Trace {
  return {
    ...trace,
    probe: (look) => {
      const startedAt = performance.now();
      const span = trace.probe(look);
      return {
        end: (outcome, exchanges) => {
          span.end(outcome, exchanges);
          metrics.probe({ ...look, outcome, exchanges, ms: performance.now() - startedAt });
        },
      };
    },
    bid: (bid) => {
      const span = trace.bid(bid);
      return {
        trace: counting(span.trace, metrics),
        end: (result) => {
          span.end(result);
          metrics.unwrap(result, bid);
        },
      };
    },
  };
}
