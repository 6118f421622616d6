import { join } from 'node:path';
import { eventually, run, type Running } from './tools.ts';

const MAIN = join(import.meta.dirname, '../../src/main.ts');

export type ServiceProcess = Running & {
  /** Base URLs of the listeners. */
  readonly public: string;
  readonly admin: string;
  /** Posts JSON to `/v1/unwrap`, and the answer as JSON. */
  readonly unwrap: (body: object, headers?: Readonly<Record<string, string>>) => Promise<UnwrapAnswer>;
  /** Ends it as an orchestrator does, and waits until it is gone. */
  readonly stop: () => Promise<void>;
};

export type UnwrapAnswer = { readonly status: string; readonly traceId: string; readonly [field: string]: unknown };

/** Starts the service as a process of its own, with telemetry as `env` says. It may ask all of loopback. */
export async function startServiceProcess(env: Readonly<Record<string, string>> = {}): Promise<ServiceProcess> {
  const running = run(process.execPath, [MAIN], {
    HOST: '127.0.0.1',
    PORT: '0',
    ADMIN_PORT: '0',
    EGRESS_ALLOW: '127.0.0.0/8',
    PROBE_DEFAULT: 'off',
    SHUTDOWN_DELAY_MS: '0',
    // a test has the time that the first requests of a process take
    WARM_UP_MS: '0',
    ...env,
  });
  const listening = await eventually(
    () =>
      Promise.resolve(
        running
          .output()
          .split('\n')
          .find((line) => line.includes('"listening"')),
      ),
    'the service to listen',
  );
  const addresses = JSON.parse(listening) as { readonly public: string; readonly admin: string };
  return {
    ...running,
    ...addresses,
    unwrap: async (body, headers = {}) => {
      const response = await fetch(new URL('/v1/unwrap', addresses.public), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
      return (await response.json()) as UnwrapAnswer;
    },
    stop: async () => {
      const ended = new Promise((resolve) => running.child.once('close', resolve));
      running.child.kill('SIGTERM');
      await ended;
    },
  };
}
