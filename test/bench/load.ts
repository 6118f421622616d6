import { Agent, get, type IncomingMessage } from 'node:http';

/** Asks for a URL `count` times over `concurrency` kept connections, each time for what `accept` says. */
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
      if (response.statusCode !== 200) reject(refusalOf(url, response));
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve(text));
    };
    get(url, { agent, headers: { accept } }, onReply).on('error', reject);
  });
}

function refusalOf(url: string, { statusCode, headers }: IncomingMessage): Error {
  return new Error(
    `${url} answered ${statusCode} ${String(headers['vast-status'] ?? '')}, ${String(headers['server-timing'] ?? '')}`,
  );
}
