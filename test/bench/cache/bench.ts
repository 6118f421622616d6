import { brownOut } from './brown-out.ts';
import { hitCost } from './hit-cost.ts';
import { memoryPerByte } from './memory.ts';
import { secondLevel } from './second-level.ts';
import { singleFlight } from './single-flight.ts';
import { twoProcesses } from './two-processes.ts';

/** What the cache and the knowledge of hosts cost and bring. */
export async function benchCache(): Promise<unknown> {
  return {
    hitCost: await hitCost(),
    singleFlight: await singleFlight(),
    memory: await memoryPerByte(),
    secondLevel: await secondLevel(),
    twoProcesses: await twoProcesses(),
    brownOut: await brownOut(),
  };
}
