import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { WarmList } from './warming/warm-plan.ts';
import type { WarmStart } from './warming/warming.ts';
import type { LoadedSettings } from './loaded-settings.ts';
import { onStopSignal } from './stop-signal.ts';

/** What the primary may have a worker do. Arguments and results cross between processes. */
export type WorkerCommands = {
  /** Its metrics, as Prometheus text. */
  readonly metrics: () => Promise<string>;
  /** Its report of hosts, complete. */
  readonly hosts: (window: '5m' | '1h') => Promise<object>;
  /** How many connections its public port has. */
  readonly connections: () => number;
  /** Ends some of its connections where it has far more than its share. */
  readonly shedConnections: (all: number, workers: number) => void;
  /** Makes a list ready, as one of these workers, whose numbers are given. */
  readonly warm: (list: WarmList, workers: readonly number[]) => WarmStart;
  /** Goes by other settings from now on. */
  readonly reload: (loaded: LoadedSettings) => void;
  readonly drain: () => void;
  /** Answers what is under way, and ends the process. */
  readonly close: () => Promise<void>;
};

export type CommandName = keyof WorkerCommands;

/** A command to a worker. */
export type Order = { readonly id: number; readonly command: CommandName; readonly args: readonly unknown[] };

/** What comes with a connection of the public port. */
export type HandedConnection = { readonly connection: 'yours' };

/** What a worker says: that it is ready for connections, that it has one, or what came of an order. */
export type WorkerMessage =
  { readonly ready: true } | { readonly took: 'it' } | { readonly id: number; readonly result: unknown };

/** The settings of a new worker: the first that the primary says, so that all processes go by the same. */
export async function settingsFromPrimary(): Promise<LoadedSettings> {
  // terminals send signals to all processes; they are the primary's matter, which gives orders
  onStopSignal(() => {});
  process.on('SIGHUP', () => {});
  const [loaded] = (await once(process, 'message')) as [LoadedSettings];
  return loaded;
}

/** Tells the primary; settles when that is on its way. */
export function tellPrimary(message: WorkerMessage): Promise<void> {
  return new Promise((resolve) => {
    // a primary that is gone takes its workers along: nobody is left to tell
    process.send!(message, undefined, {}, () => resolve());
  });
}

/**
 * Carries out the orders of the primary, and serves the connections that it hands over. An order that fails, such as a report while telemetry shuts down, is answered with nothing: the worker serves on.
 */
export function obeyPrimary(commands: WorkerCommands, serve: (connection: Socket) => void): void {
  process.on('message', (message: Order | HandedConnection, socket: Socket | undefined) => {
    if ('connection' in message) {
      void tellPrimary({ took: 'it' });
      // who has hung up meanwhile may come as nothing
      if (socket !== undefined) serve(socket);
      return;
    }
    const { id, command, args } = message;
    const run = commands[command] as (...args: readonly unknown[]) => unknown;
    void new Promise((resolve) => resolve(run(...args)))
      .catch(() => undefined)
      .then((result) => tellPrimary({ id, result }));
  });
}
