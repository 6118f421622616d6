import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from './deadline.ts';
import type { LoadedSettings } from './loaded-settings.ts';
import type { CommandName, Order, WorkerCommands, WorkerMessage } from './worker.ts';

/** Workers that do the same. One that ends is replaced. */
export type Supervisor = {
  /**
   * Starts all workers; settles when they are ready.
   * @param settings what each is sent first, those too that replace others; asked each time
   * @param join told of each worker that is ready
   */
  readonly start: (settings: () => LoadedSettings, join?: (worker: Worker) => void) => Promise<void>;
  /** The numbers of those that are ready. */
  readonly ready: () => readonly number[];
  /** Has every worker do something. Gives the answers by the worker's number; who does not answer in 1 s is left out. */
  readonly ask: <Name extends CommandName>(
    command: Name,
    ...args: Parameters<WorkerCommands[Name]>
  ) => Promise<ReadonlyMap<number, Awaited<ReturnType<WorkerCommands[Name]>>>>;
  /** Has every worker drain, those too that replace others from now on. */
  readonly drain: () => void;
  /** Closes all workers, and settles when they have ended: after `graceMs` they are killed. */
  readonly close: (graceMs: number) => Promise<void>;
};

const ANSWER_MS = 1000;
/** A worker that dies young waits for its replacement, twice as long each time. */
const FIRST_REST_MS = 100;
const MAX_REST_MS = 10_000;
const GROWN_UP_MS = 10_000;

/**
 * @param note told of each worker that ended without being asked to, with what Node knows of the reason
 * @param rest waits for so many ms
 */
export function createSupervisor(
  workers: number,
  note: (pid: number | undefined, reason: string) => void = () => {},
  clock: Clock = () => performance.now(),
  rest: (ms: number) => Promise<unknown> = sleep,
): Supervisor {
  const ready = new Set<Worker>();
  let settings!: () => LoadedSettings;
  let join: (worker: Worker) => void = () => {};
  let isDraining = false;
  let isClosing = false;
  let diedYoung = 0;
  let orders = 0;

  const startOne = async (): Promise<void> => {
    const worker = cluster.fork();
    const loaded = settings();
    worker.send(loaded);
    const bornAt = clock();
    const ended = Promise.withResolvers<never>();
    worker.once('exit', (code, signal) => {
      ready.delete(worker);
      ended.reject(new Error(`A worker ended with ${signal ?? code} before it was ready.`));
    });
    await Promise.race([once(worker, 'message'), ended.promise]);
    ended.promise.catch(() => {
      if (isClosing) return;
      diedYoung = clock() - bornAt < GROWN_UP_MS ? diedYoung + 1 : 0;
      note(worker.process.pid, String(worker.process.signalCode ?? worker.process.exitCode));
      void replace();
    });
    ready.add(worker);
    join(worker);
    if (loaded !== settings()) void order(worker, 'reload', [settings()]);
    if (isDraining) void order(worker, 'drain', []);
  };

  const replace = async (): Promise<void> => {
    while (!isClosing) {
      await rest(diedYoung === 0 ? 0 : Math.min(MAX_REST_MS, FIRST_REST_MS * 2 ** (diedYoung - 1)));
      if (isClosing) return;
      try {
        await startOne();
        return;
      } catch (error) {
        diedYoung += 1;
        note(undefined, (error as Error).message);
      }
    }
  };

  const order = <Answer>(
    worker: Worker,
    command: CommandName,
    args: readonly unknown[],
  ): Promise<Answer | undefined> => {
    const id = (orders += 1);
    const answer = Promise.withResolvers<Answer | undefined>();
    const hear = (message: WorkerMessage): void => {
      if ('id' in message && message.id === id) answer.resolve(message.result as Answer);
    };
    worker.on('message', hear);
    worker.send({ id, command, args } satisfies Order, (error) => {
      if (error !== null) answer.resolve(undefined);
    });
    const late = sleep(ANSWER_MS, undefined, { ref: false });
    return Promise.race([answer.promise, late]).finally(() => worker.off('message', hear));
  };

  return {
    start: async (from, joined = () => {}) => {
      settings = from;
      join = joined;
      // one first, so that only one says what is wrong
      await startOne();
      await Promise.all(Array.from({ length: workers - 1 }, startOne));
    },
    ready: () => [...ready].map(({ id }) => id),
    ask: async <Name extends CommandName>(command: Name, ...args: Parameters<WorkerCommands[Name]>) => {
      const answers = new Map<number, Awaited<ReturnType<WorkerCommands[Name]>>>();
      const askOne = async (worker: Worker): Promise<void> => {
        const answer = await order<Awaited<ReturnType<WorkerCommands[Name]>>>(worker, command, args);
        if (answer !== undefined) answers.set(worker.id, answer);
      };
      await Promise.all([...ready].map(askOne));
      return answers;
    },
    drain: () => {
      isDraining = true;
      for (const worker of ready) void order(worker, 'drain', []);
    },
    close: async (graceMs) => {
      isClosing = true;
      const alive = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
      const gone = alive.map((worker) => new Promise((resolve) => worker.once('exit', resolve)));
      for (const worker of alive) {
        if (ready.has(worker)) void order(worker, 'close', []);
        else worker.process.kill('SIGKILL');
      }
      const late = setTimeout(() => alive.forEach((worker) => worker.process.kill('SIGKILL')), graceMs);
      await Promise.all(gone);
      clearTimeout(late);
    },
  };
}
