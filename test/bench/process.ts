import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A process of a benchmark, and what it said first. */
export type Started = { readonly child: ChildProcess; readonly said: unknown };

/** Starts a file as a process of its own, and waits for what it says first. */
export async function startProcess(
  path: string,
  args: readonly string[] = [],
  options: { readonly execArgv?: readonly string[]; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Started> {
  const child = fork(path, args, {
    execArgv: [...(options.execArgv ?? [])],
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return { child, said: await answerOf(child) };
}

/** Asks such a process something, and gives its answer. */
export function askProcess(child: ChildProcess, question: string): Promise<unknown> {
  child.send(question);
  return answerOf(child);
}

/** CPU time of such a process so far, in µs. */
export async function cpuOf(child: ChildProcess): Promise<number> {
  const { user, system } = (await askProcess(child, 'cpu')) as NodeJS.CpuUsage;
  return user + system;
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController();
  child.once('exit', () => ended.abort());
  const [answer] = (await once(child, 'message', { signal: ended.signal })) as [unknown];
  return answer;
}
