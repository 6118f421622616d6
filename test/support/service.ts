import { once } from 'node:events';
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { readSettings } from '../../src/config.ts';
import { createService, type Service } from '../../src/service.ts';
import type { ServiceParts } from '../../src/service-parts.ts';

export type Reply = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  /** The same as text, as it came: gzip is not undone. */
  readonly text: string;
  /** Did the request go over a connection that had carried one before? */
  readonly reused: boolean;
};

export type Sent = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
};

export type TestService = {
  readonly service: Service;
  readonly public: string;
  readonly admin: string;
  /** Sends a request to a path of the public listener (or a whole URL), always over the same connection. */
  readonly send: (path: string, sent?: Sent) => Promise<Reply>;
  /** Posts JSON to `/v1/unwrap`. */
  readonly unwrap: (body: unknown, headers?: Readonly<Record<string, string>>) => Promise<Reply>;
  /** A raw connection to the public listener. */
  readonly connect: () => Promise<Socket>;
  readonly close: () => Promise<void>;
};

/** Starts the service on free ports of loopback; `settings` are environment variables, `parts` replace real ones. */
export async function startService(
  settings: Readonly<Record<string, string>> = {},
  parts: Partial<ServiceParts> = {},
): Promise<TestService> {
  const env = {
    HOST: '127.0.0.1',
    PORT: '0',
    ADMIN_PORT: '0',
    EGRESS_ALLOW: '127.0.0.1',
    LOG_LEVEL: 'silent',
    WARM_UP_MS: '0',
    // Tests count what is asked for.
    PROBE_DEFAULT: 'off',
  };
  const service = createService(readSettings({ ...env, ...settings }), parts);
  const addresses = await service.listen();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });

  const send = async (path: string, sent: Sent = {}): Promise<Reply> => {
    const { method = sent.body === undefined ? 'GET' : 'POST', headers = {}, body } = sent;
    const request = httpRequest(new URL(path, addresses.public), { method, headers, agent });
    request.end(body);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    return {
      status: response.statusCode!,
      headers: response.headers,
      bytes,
      text: bytes.toString(),
      reused: request.reusedSocket,
    };
  };

  return {
    service,
    ...addresses,
    send,
    unwrap: (body, headers) =>
      send('/v1/unwrap', { headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) }),
    connect: async () => {
      const { hostname, port } = new URL(addresses.public);
      const socket = connect(Number(port), hostname);
      await once(socket, 'connect');
      return socket;
    },
    close: async () => {
      agent.destroy();
      await service.close();
    },
  };
}
