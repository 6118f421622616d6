import type { Clock } from '../deadline.ts';
import type { HostReport } from './host-table.ts';

/** How long a report says something of now, in ms. */
const WINDOW_MS: Readonly<Record<HostReport['window'], number>> = { '5m': 300_000, '1h': 3_600_000 };
/** Reports of workers that ended, of each window; more would be a service that does nothing but end. */
const MAX_LEFT = 32;

type Kept = { readonly report: HostReport; readonly at: number };

/**
 * Keeps what workers said of hosts, so that nobody's knowledge is lost. A worker that does not answer counts with what
 * it said last. One that has ended counts so too until the window has passed, but for its breakers, which ended with
 * it.
 *
 * @returns given the answers of one window, by worker, and who is running: all reports that count
 */
export function createWorkerReports(
  clock: Clock,
): (
  window: HostReport['window'],
  answers: ReadonlyMap<number, HostReport>,
  running: readonly number[],
) => readonly HostReport[] {
  const kept = { '5m': createWindow(), '1h': createWindow() };
  return (window, answers, running) => {
    const { last, left } = kept[window];
    const now = clock();
    for (const [id, report] of answers) last.set(id, { report, at: now });
    for (const [id, kept] of last) {
      if (running.includes(id)) continue;
      last.delete(id);
      left.push({ ...kept, report: withoutBreakers(kept.report) });
    }
    const isOld = ({ at }: Kept): boolean => now - at > WINDOW_MS[window];
    while (left.length > MAX_LEFT || (left.length > 0 && isOld(left[0]!))) left.shift();
    return [...last.values(), ...left].map(({ report }) => report);
  };
}

function createWindow(): { readonly last: Map<number, Kept>; readonly left: Kept[] } {
  return { last: new Map(), left: [] };
}

function withoutBreakers({ window, hosts }: HostReport): HostReport {
  return { window, hosts: hosts.map((host) => ({ ...host, breaker: 'closed' })) };
}
