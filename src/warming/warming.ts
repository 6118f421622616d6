import { Deadline } from '../deadline.ts';
import type { ProbeMedia, Trace } from '../unwrap/ports.ts';
import type { UnwrapResult } from '../unwrap/result.ts';
import { createPace } from './pace.ts';
import { type WarmTask, partOf, planWarming, type WarmList, type WarmPlan } from './warm-plan.ts';

/** How many things of the list are begun, and what nothing is done for. */
export type WarmStart = { readonly count: number; readonly refused: WarmPlan['refused'] };

/** Which process of several this is, from 0. */
export type ProcessShare = { readonly part: number; readonly of: number };

export type Warming = {
  /** Makes a list ready, from now on and at its rate; nobody waits for it. */
  readonly begin: (list: WarmList, part?: ProcessShare) => WarmStart;
  readonly close: () => void;
};

export type WarmingDeps = {
  readonly refusalOf: (url: string) => string | null;
  /** Opens a connection to an origin where it has none; false where a limit does not let it. */
  readonly connect: (origin: string) => boolean;
  readonly probe: ProbeMedia;
  readonly unwrap: (tag: string, deadline: Deadline, trace: Trace) => Promise<UnwrapResult>;
  readonly trace: Trace;
  readonly isOverloaded: () => boolean;
};

/** How long a look or a tag may take, in ms. */
const TASK_MS = 5000;

/** Makes connections, names and media verdicts ready before they are needed, within all limits that hold for hops. */
export function createWarming({ refusalOf, connect, probe, unwrap, trace, isOverloaded }: WarmingDeps): Warming {
  const within = async <Came>(run: (deadline: Deadline) => Promise<Came>): Promise<Came> => {
    const deadline = Deadline.after(TASK_MS);
    try {
      return await run(deadline);
    } finally {
      deadline.cancel();
    }
  };
  const isDone = async (task: WarmTask): Promise<boolean> => {
    if (task.kind === 'connect') return connect(task.origin);
    if (task.kind === 'ask') {
      const { reason } = await within((deadline) => unwrap(task.tag, deadline, trace));
      return reason !== 'busy';
    }
    const [verdict] = await within((deadline) => probe([task.url], 'wait', deadline, trace));
    return verdict?.outcome !== 'unknown';
  };
  const pace = createPace<WarmTask>({
    run: async (task) => ((await isDone(task)) ? 'done' : 'busy'),
    isOverloaded,
  });
  return {
    begin: (list, { part, of } = { part: 0, of: 1 }) => {
      const { tasks, refused } = planWarming(list, refusalOf);
      const own = partOf(tasks, part, of);
      const begun = pace.begin(own, list.perSecond / of);
      // of the whole list: what is another process's part is begun there
      return { count: tasks.length - (own.length - begun), refused };
    },
    close: pace.close,
  };
}
