import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Logger } from 'pino';

/** What the alarm looks at, in nanoseconds. */
export type DelayHistogram = Pick<ReturnType<typeof monitorEventLoopDelay>, 'percentile' | 'reset'>;

/** As in the alert `EventLoopLag` of samples/dashboards/rules.yaml. */
const LIMIT_MS = 50;
/** What is late is in time again at half of that, so that the line does not come and go at the limit. */
const OVER_MS = LIMIT_MS / 2;
const WINDOW_MS = 10_000;

/** Watches the event loop of this process, for as long as it runs. */
export function watchEventLoop(logger: Logger): void {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  setInterval(createLoopAlarm(logger, delay), WINDOW_MS).unref();
}

/**
 * Says in the log when this process begins to run its timers late, and so to keep deadlines late, and when that is over:
 * one line each, however long it lasts.
 *
 * @returns what is called at the end of each window
 */
export function createLoopAlarm(logger: Pick<Logger, 'warn' | 'info'>, delay: DelayHistogram): () => void {
  let isLate = false;
  return () => {
    const p99Ms = Math.round(delay.percentile(99) / 1e6);
    delay.reset();
    const facts = { pid: process.pid, p99Ms, limitMs: LIMIT_MS, windowMs: WINDOW_MS };
    const wasLate = isLate;
    isLate = p99Ms > (wasLate ? OVER_MS : LIMIT_MS);
    if (isLate && !wasLate) {
      logger.warn(
        facts,
        'event loop late: the process has more to do than its CPU can, so deadlines are kept late. Give it more CPU, add WORKERS or replicas, or lower MAX_INFLIGHT',
      );
    } else if (wasLate && !isLate) {
      logger.info(facts, 'event loop in time again');
    }
  };
}
