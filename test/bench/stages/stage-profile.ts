import { type Profiler, Session } from 'node:inspector/promises';
import { fileURLToPath } from 'node:url';

/** What a process spent while its profile was taken, in µs of CPU. */
export type StageTimes = {
  /** All threads together, as the system counts it: what the stages add up to. */
  readonly whole: number;
  readonly stages: Readonly<Record<string, number>>;
  /** How much of the main thread's CPU the samples account for; 1 is all of it. */
  readonly seen: number;
};

const INTERVAL_MICROS = 200;

/**
 * The stages of an unwrap and the code that is them. A sample belongs to the innermost function of its stack that has a
 * stage: what libraries and Node do for it, and what it calls of code that serves many, is its own.
 */
export const STAGES: readonly (readonly [stage: string, file: RegExp])[] = [
  ['intake', /\/src\/http\/|\/node_modules\/(koa|@koa|koa-\w+|zod)\//],
  ['admission', /\/src\/(overload\/|http\/admission)/],
  ['answer', /\/src\/http\/(unwrap-response|unwrap-report|.*answer)/],
  ['deadline', /\/src\/deadline/],
  ['follow', /\/src\/(unwrap\/(unwrap|follow)|chain\/)/],
  ['prepare', /\/src\/(unwrap\/tag-request|openrtb\/|vast\/macro)/],
  ['client', /\/src\/egress\/|\/node_modules\/got\//],
  ['guard', /\/src\/egress\/(guard|address|agents|resolver|bulkhead|send-request)/],
  ['cache', /\/src\/cache\//],
  ['decode', /\/src\/(vast\/decode|egress\/body)/],
  ['read', /\/src\/(vast\/document|unwrap\/(read-reply))/],
  ['report', /\/src\/unwrap\/(resolve-hop|hop-report)/],
  ['record', /\/src\/(hosts\/|breaker)/],
  ['merge', /\/src\/(merge\/|unwrap\/merge-chain)/],
  ['summary', /\/src\/unwrap\/summarize/],
  ['rules', /\/src\/(validation\/|unwrap\/judge)/],
  ['telemetry', /\/src\/telemetry\/|\/node_modules\/@opentelemetry\//],
];

/** Node's own code that no stage has called: callbacks of sockets and timers. */
const NODE_STAGES: readonly (readonly [stage: string, file: RegExp])[] = [
  ['client', /^node:(_http_client|_http_agent|https)/],
  ['intake', /^node:_http_server/],
];

const OTHER_CODE = 'other code of ours';
const NODE = 'sockets, streams and timers of Node';
/** What is no function: V8 gives it such names. */
const META: ReadonlyMap<string, string> = new Map([
  ['(garbage collector)', 'garbage collection'],
  ['(program)', 'kernel and event loop'],
]);

/** All rows in the order in which they are shown. */
export const ROWS = [...new Set(STAGES.map(([stage]) => stage)), OTHER_CODE, NODE, ...META.values()];
export const THREADS = 'other threads (compiler, garbage collection)';

/** Tells apart what the stages of this process cost, by a profile of its main thread. */
export function createStageProfile(): {
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<StageTimes>;
} {
  const session = new Session();
  let before = spent();
  return {
    start: async () => {
      session.connect();
      await session.post('Profiler.enable');
      await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_MICROS });
      before = spent();
      await session.post('Profiler.start');
    },
    stop: async () => {
      const after = spent();
      const { profile } = await session.post('Profiler.stop');
      session.disconnect();
      const times = timesOf(profile);
      const sampled = Object.values(times).reduce((sum, micros) => sum + micros, 0);
      const [whole, main] = [after.whole - before.whole, after.main - before.main];
      const stages = Object.fromEntries(
        Object.entries(times).map(([stage, micros]) => [stage, (micros / sampled) * main]),
      );
      return { whole, stages: { ...stages, [THREADS]: whole - main }, seen: sampled / main };
    },
  };
}

function spent(): { readonly whole: number; readonly main: number } {
  const [whole, main] = [process.cpuUsage(), process.threadCpuUsage()];
  return { whole: whole.user + whole.system, main: main.user + main.system };
}

/** Sampled µs of the main thread by stage. Idling is none of them. */
export function timesOf({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): Record<string, number> {
  const stages = stagesOf(nodes);
  const times: Record<string, number> = {};
  for (const [index, id] of samples.entries()) {
    const stage = stages.get(id) ?? null;
    // The time after a sample is its own; more than two intervals of it were another process's.
    const micros = Math.min(2 * INTERVAL_MICROS, timeDeltas[index + 1] ?? 0);
    if (stage !== null) times[stage] = (times[stage] ?? 0) + micros;
  }
  return times;
}

/** The stage of each node of a call tree, by its id; null for idling. */
function stagesOf(nodes: readonly Profiler.ProfileNode[]): ReadonlyMap<number, string | null> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const stages = new Map<number, string | null>();
  type Visit = { readonly id: number; readonly own: string | null; readonly node: string };
  const queue: Visit[] = [{ id: nodes[0]!.id, own: null, node: NODE }];
  for (let visit = queue.pop(); visit !== undefined; visit = queue.pop()) {
    const { callFrame, children = [] } = byId.get(visit.id)!;
    const own = lastMatch(STAGES, callFrame.url) ?? visit.own;
    const node = lastMatch(NODE_STAGES, callFrame.url) ?? (isOurs(callFrame.url) ? OTHER_CODE : visit.node);
    const isIdle = callFrame.functionName === '(idle)';
    stages.set(visit.id, isIdle ? null : (META.get(callFrame.functionName) ?? own ?? node));
    queue.push(...children.map((id) => ({ id, own, node })));
  }
  return stages;
}

/** The row whose pattern fits; of several the last, which is the more special one. */
function lastMatch(rows: readonly (readonly [string, RegExp])[], url: string): string | null {
  const path = url.startsWith('file:') ? fileURLToPath(url) : url;
  return rows.findLast(([, file]) => file.test(path))?.[0] ?? null;
}

function isOurs(url: string): boolean {
  return url.startsWith('file:');
}
