import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'mocha';

// Programs that are no npm packages: `.ci/tools` builds or unpacks them.

const ROOT = join(import.meta.dirname, '../..');

/** Where `.ci/tools` puts them. */
const TOOLS = process.env['VAST_UNWRAP_TOOLS'] ?? join(homedir(), '.cache/vast-unwrap');

export type Tool = `prebid-${string}` | 'java' | 'otelcol' | 'jaeger' | 'prometheus' | 'promtool' | 'helm' | 'haproxy';

/** The path of a tool, where it is at hand. */
export function findTool(name: Tool): string | undefined {
  const folders = [TOOLS, ...(process.env['PATH'] ?? '').split(delimiter)];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** The path of a tool. Without it the test is skipped with a word on how to get it; in CI it fails. */
export function requireTool(test: Context, name: Tool): string {
  const found = findTool(name);
  if (found !== undefined) return found;
  if (process.env['CI'] === 'true') throw new Error(`${name} is missing: .ci/tools must have made it`);
  console.log(`      skipped: no ${name} here; .ci/tools gets it`);
  return test.skip();
}

export type Running = AsyncDisposable & {
  readonly child: ChildProcess;
  /** What it wrote so far, on both channels. */
  readonly output: () => string;
};

/** Starts a program; it is ended with the scope that holds it. */
export function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd: string = ROOT,
): Running {
  const child = spawn(command, args, { cwd, env: { PATH: process.env['PATH'], ...env } });
  let written = '';
  for (const channel of [child.stdout, child.stderr])
    channel.on('data', (chunk: Buffer) => (written += chunk.toString()));
  const ended = once(child, 'close');
  return {
    child,
    output: () => written,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Asks until the answer is what is waited for; what is thrown counts as a no. Fails after `seconds`. */
export async function eventually<Answer>(
  ask: () => Promise<Answer | undefined | false>,
  what: string,
  seconds = 60,
): Promise<Answer> {
  const end = performance.now() + seconds * 1000;
  let last: unknown = 'no answer';
  while (performance.now() < end) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      last = error;
    }
    await sleep(100);
  }
  throw new Error(`waited ${seconds} s in vain for ${what}`, { cause: last });
}

/** A port of loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  for (;;) {
    // below those that systems give to connections: one of another test could have it before it is used
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}

/** A folder that goes with the scope that holds it. */
export function temporaryFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'vast-unwrap-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
