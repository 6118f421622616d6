import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { eventually, freePort } from './tools.ts';

/** A real redis-server on loopback, with all that can happen to one. */
export type TestRedis = {
  readonly port: number;
  readonly url: string;
  /** A connection of the test's own. */
  readonly client: Redis;
  readonly kill: () => Promise<void>;
  /** Starts it again on the same port, empty. */
  readonly restart: () => Promise<void>;
  /** It stays connected and answers nothing. */
  readonly freeze: () => void;
  readonly thaw: () => void;
  readonly stop: () => Promise<void>;
};

/** A process that watches servers. */
export type TestSentinel = Pick<TestRedis, 'port' | 'client' | 'stop'>;

/** Skips the suite where redis-server is not installed; on CI that is a failure. */
export function needRedis(context: Mocha.Context): void {
  if (spawnSync('redis-server', ['--version']).status === 0) return;
  const message = 'redis-server is not installed: apt-get install redis-server';
  if (process.env['CI'] === 'true') throw new Error(message);
  console.log(`      skipped: ${message}`);
  context.skip();
}

/** Starts a server that keeps nothing on disk; `more` is settings of its own. */
export async function startRedis(more: readonly string[] = []): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'redis-'));
  const port = await freePort();
  let server = launch(port, folder, more);
  const client = new Redis({ port, retryStrategy: () => 20, maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  await client.ping();

  const kill = async (): Promise<void> => {
    const gone = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGKILL');
    await gone;
  };
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    client,
    kill,
    restart: async () => {
      server = launch(port, folder, more);
      await client.ping();
    },
    freeze: () => server.kill('SIGSTOP'),
    thaw: () => server.kill('SIGCONT'),
    stop: async () => {
      client.disconnect();
      if (server.exitCode === null && server.signalCode === null) await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function launch(port: number, folder: string, more: readonly string[]): ChildProcess {
  const settings = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    folder,
    ...more,
  ];
  return spawn('redis-server', settings, { stdio: 'ignore' });
}

/** Several servers that share the keys among them, each an equal part. */
export async function startCluster(size: number): Promise<readonly TestRedis[]> {
  const settings = async (): Promise<readonly string[]> => [
    ...['--cluster-enabled', 'yes', '--cluster-announce-hostname', 'localhost'],
    ...['--cluster-preferred-endpoint-type', 'hostname', '--cluster-port', String(await freePort())],
  ];
  const servers = await Promise.all(Array.from({ length: size }, async () => startRedis(await settings())));
  const SLOTS = 16_384;
  for (const [index, { client }] of servers.entries()) {
    const first = Math.ceil((index * SLOTS) / size);
    await client.call('CLUSTER', 'ADDSLOTSRANGE', first, Math.ceil(((index + 1) * SLOTS) / size) - 1);
  }
  const [first, ...others] = servers;
  for (const { client, port } of others) {
    const bus = (await client.config('GET', 'cluster-port'))[1]!;
    await first!.client.call('CLUSTER', 'MEET', '127.0.0.1', port, bus);
  }
  const isWhole = async ({ client }: TestRedis): Promise<boolean> =>
    String(await client.cluster('INFO')).includes('cluster_state:ok');
  for (const server of servers) await eventually(() => isWhole(server), 'the cluster to be whole');
  return servers;
}

/** A sentinel that makes the replica of a server its master when the server is gone. */
export async function startSentinel(name: string, master: TestRedis, password: string): Promise<TestSentinel> {
  const folder = mkdtempSync(join(tmpdir(), 'sentinel-'));
  const port = await freePort();
  const config = join(folder, 'sentinel.conf');
  const watched = [
    `port ${port}\nbind 127.0.0.1\ndir ${folder}\nrequirepass ${password}`,
    `sentinel monitor ${name} 127.0.0.1 ${master.port} 1`,
    `sentinel down-after-milliseconds ${name} 500\nsentinel failover-timeout ${name} 2000`,
  ];
  writeFileSync(config, watched.join('\n'));
  const server = spawn('redis-server', [config, '--sentinel'], { stdio: 'ignore' });
  const client = new Redis({ port, password, retryStrategy: () => 20, maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  const hasReplica = async (): Promise<boolean> =>
    ((await client.call('SENTINEL', 'REPLICAS', name)) as unknown[]).length === 1;
  await eventually(hasReplica, 'the sentinel to know the replica');
  const stop = async (): Promise<void> => {
    client.disconnect();
    const gone = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGKILL');
    await gone;
    rmSync(folder, { recursive: true, force: true });
  };
  return { port, client, stop };
}
