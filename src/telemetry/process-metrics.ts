import type { Meter, Observable } from '@opentelemetry/api';
import { constants, monitorEventLoopDelay, performance, PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';
import { VERSION } from '../version.ts';
import { observable } from './observable.ts';
import type { Ledger } from './ledger.ts';
import type { DelayHistogram } from './loop-alarm.ts';

/** Bounds of the buckets of pauses, in s. */
const PAUSE_BUCKETS = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];
/** What the delay of the event loop is told of: the last 30 to 60 s. */
const WINDOW_MS = 30_000;

/** An entry of the type `gc`. */
type Pause = PerformanceEntry & { readonly detail?: { readonly kind: number } };

const COLLECTIONS = new Map<number, string>([
  [constants.NODE_PERFORMANCE_GC_MINOR, 'minor'],
  [constants.NODE_PERFORMANCE_GC_MAJOR, 'major'],
  [constants.NODE_PERFORMANCE_GC_INCREMENTAL, 'incremental'],
  [constants.NODE_PERFORMANCE_GC_WEAKCB, 'weakcb'],
]);

/**
 * What the process takes and what it runs: CPU, memory, garbage collection, event loop, version. All are counters, or the
 * state of this moment, so that it does not matter how many read them, and how often.
 */
export function observeProcess(meter: Meter, ledger: Ledger): void {
  const observe = (name: Parameters<typeof observable>[1], read: Parameters<Observable['addCallback']>[0]): void =>
    observable(meter, name).addCallback(read);

  observe('process.cpu.time', (result) => {
    const { user, system } = process.cpuUsage();
    result.observe(user / 1e6, { 'cpu.mode': 'user' });
    result.observe(system / 1e6, { 'cpu.mode': 'system' });
  });
  observe('process.memory.usage', (result) => result.observe(process.memoryUsage.rss()));
  observe('process.uptime', (result) => result.observe(process.uptime()));
  observe('v8js.memory.heap.used', (result) => {
    for (const { space_name: space, space_used_size: bytes } of getHeapSpaceStatistics()) {
      result.observe(bytes, { 'v8js.heap.space.name': space });
    }
  });
  observe('v8js.memory.heap.limit', (result) => result.observe(getHeapStatistics().heap_size_limit));
  observe('nodejs.eventloop.time', (result) => {
    const { active, idle } = performance.eventLoopUtilization();
    result.observe(active / 1000, { 'nodejs.eventloop.state': 'active' });
    result.observe(idle / 1000, { 'nodejs.eventloop.state': 'idle' });
  });
  const build = { 'service.version': VERSION, 'process.runtime.version': process.versions.node };
  observe('vast.build.info', (result) => result.observe(1, build));

  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const { p99, turn } = createDelayWindow(delay);
  setInterval(turn, WINDOW_MS).unref();
  observe('nodejs.eventloop.delay.p99', (result) => result.observe(p99()));

  const pauses = ledger.histogram('v8js.gc.duration', PAUSE_BUCKETS);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as readonly Pause[]) {
      pauses.record(entry.duration / 1000, [COLLECTIONS.get(entry.detail?.kind ?? 0) ?? 'other']);
    }
  }).observe({ entryTypes: ['gc'] });
}

/**
 * The delay of the event loop over a window that no reader ends.
 *
 * @returns `p99` in s, of this window and the one before, whichever is higher; `turn` begins another
 */
export function createDelayWindow(delay: DelayHistogram): { readonly p99: () => number; readonly turn: () => void } {
  let before = 0;
  const now = (): number => delay.percentile(99) / 1e9;
  return {
    p99: () => Math.max(before, now()),
    turn: () => {
      before = now();
      delay.reset();
    },
  };
}
