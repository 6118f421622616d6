import { sumMetrics } from './sum-metrics.ts';

/**
 * Adds up the metrics of this process and its workers, so that no counter ever falls: who does not answer counts with
 * what it said last, and who ended leaves its counters behind.
 */
export function createWorkerMetrics(): (
  own: string,
  answers: ReadonlyMap<number, string>,
  running: readonly number[],
) => string {
  const last = new Map<number, string>();
  let left = '';
  return (own, answers, running) => {
    for (const [id, text] of answers) last.set(id, text);
    for (const [id, text] of last) {
      if (running.includes(id)) continue;
      left = sumMetrics([], [left, text]);
      last.delete(id);
    }
    return sumMetrics([own, ...last.values()], [left]);
  };
}
