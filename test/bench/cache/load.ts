import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';

/** Starts a file of this folder as a process of its own, and waits for what it says first. */
export async function startProcess(
  file: string,
  args: readonly string[],
  execArgv: readonly string[] = [],
): Promise<{ readonly child: ChildProcess; readonly said: unknown }> {
  const child = fork(join(import.meta.dirname, file), args, {
    execArgv: [...execArgv],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [said] = (await once(child, 'message')) as [unknown];
  return { child, said };
}

/** CPU time of such a process so far, in µs. */
export async function cpuOf(child: ChildProcess): Promise<number> {
  child.send('cpu');
  const [usage] = (await once(child, 'message')) as [NodeJS.CpuUsage];
  return usage.user + usage.system;
}

/** Asks for a URL `count` times over `concurrency` kept connections. */
export async function load(url: string, count: number, concurrency: number, accept?: string): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  let left = count;
  const caller = async (): Promise<void> => {
    while (left-- > 0) await ask(url, agent, accept);
  };
  await Promise.all(Array.from({ length: concurrency }, caller));
  agent.destroy();
}

/** Asks once, and gives the body of the answer. */
export function ask(url: string, agent?: Agent, accept = 'application/json, */*;q=0.1'): Promise<string> {
  return new Promise((resolve, reject) => {
    const onReply = (response: IncomingMessage): void => {
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`));
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve(text));
    };
    get(url, { agent, headers: { accept } }, onReply).on('error', reject);
  });
}
