import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** How one path answers. Nothing said: 200 with an empty body, at once. */
export type Route = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** In text, `{{base}}` becomes the origin of the server and `{{host}}` its host and port. */
  readonly body?: string | Buffer | ((request: RecordedRequest) => string | Buffer);
  /** Answers 302 with this Location, placeholders as in `body`. */
  readonly redirect?: string;
  readonly delayHeadersMs?: number;
  /** Time between the headers and the body. */
  readonly delayBodyMs?: number;
  /** Sends the body in pieces. */
  readonly drip?: { readonly bytes: number; readonly everyMs: number };
  /** Where the reply stops for good, the connection left open. */
  readonly hang?: 'before-headers' | 'after-headers' | 'mid-body';
  /** Where the connection is reset. */
  readonly reset?: 'before-headers' | 'after-headers' | 'mid-body';
};

/** A route, a document, or what depends on the request. */
export type Scripted = Route | string | ((request: RecordedRequest) => Route);

export type RecordedRequest = {
  /** Path and query, as asked for. */
  readonly path: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** When it came, on the monotonic clock, in ms. */
  readonly at: number;
  /** How it ended: the whole reply was sent, or the client closed the connection before. */
  readonly ended: Promise<'complete' | 'closed-by-client' | 'reset'>;
  /** The same without waiting; null while it goes on. */
  outcome: 'complete' | 'closed-by-client' | 'reset' | null;
  /** When it ended, on the monotonic clock, in ms. */
  endedAt: number | null;
};

export type AdServer = AsyncDisposable & {
  /** Such as `http://127.0.0.1:40123`, without a slash at the end. */
  readonly base: string;
  /** Every request, in the order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** The paths of `requests`, to assert that each hop was asked for once. */
  readonly paths: () => readonly string[];
  /** How many connections were opened. */
  readonly connections: () => number;
  /** Sets or replaces what a path answers; the query of a request does not matter unless the path has one. */
  readonly route: (path: string, route: Scripted) => void;
  /** Settles when a request for the path has come. */
  readonly requested: (path: string) => Promise<RecordedRequest>;
};

/**
 * An ad server on loopback that answers by script and remembers who asked, for tests over real sockets. A route that
 * is only a text is a document. Paths that are not in the script are 404.
 *
 *     await using ads = await startAdServer({ '/0.xml': '<VAST …>{{base}}/1.xml…', '/1.xml': { hang: 'mid-body', body } });
 */
export async function startAdServer(
  script: Readonly<Record<string, Scripted>> = {},
  address = '127.0.0.1',
): Promise<AdServer> {
  const routes = new Map(Object.entries(script));
  const requests: RecordedRequest[] = [];
  const waiting: (() => void)[] = [];
  const stop = new AbortController();
  const server = createServer((request, response) => {
    const recorded = record(request, response);
    requests.push(recorded);
    for (const wake of waiting.splice(0)) wake();
    const scripted = routes.get(recorded.path) ?? routes.get(recorded.path.replace(/\?.*/s, '')) ?? { status: 404 };
    const route = typeof scripted === 'function' ? scripted(recorded) : scripted;
    answer(typeof route === 'string' ? { body: route } : route, recorded, response, base, stop.signal).catch(
      (error: unknown) => {
        // Closing the server or the connection ends a pause early; anything else is a mistake in the script.
        if (!stop.signal.aborted && !response.destroyed) throw error;
      },
    );
  });
  let connections = 0;
  server.on('connection', () => (connections += 1));
  server.listen(0, address);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const base = `http://${address}:${port}`;

  return {
    base,
    requests,
    connections: () => connections,
    paths: () => requests.map(({ path }) => path),
    route: (path, route) => void routes.set(path, route),
    async requested(path) {
      for (;;) {
        const found = requests.find((each) => each.path === path);
        if (found !== undefined) return found;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function record(request: IncomingMessage, response: ServerResponse): RecordedRequest {
  const { promise, resolve } = Promise.withResolvers<'complete' | 'closed-by-client' | 'reset'>();
  const recorded: RecordedRequest = {
    path: request.url ?? '',
    method: request.method ?? '',
    headers: request.headers,
    at: performance.now(),
    ended: promise,
    outcome: null,
    endedAt: null,
  };
  response.on('close', () => {
    recorded.outcome ??= response.writableFinished ? 'complete' : 'closed-by-client';
    recorded.endedAt = performance.now();
    resolve(recorded.outcome);
  });
  return recorded;
}

async function answer(
  route: Route,
  request: RecordedRequest,
  response: ServerResponse,
  base: string,
  signal: AbortSignal,
): Promise<void> {
  const fill = (text: string): string => text.replaceAll('{{base}}', base).replaceAll('{{host}}', new URL(base).host);
  const pause = (ms: number | undefined): Promise<void> => (ms ? sleep(ms, undefined, { signal }) : Promise.resolve());
  /** Does the script end here? */
  const ends = (place: Route['hang']): boolean => {
    if (route.reset === place) {
      request.outcome = 'reset';
      response.socket?.resetAndDestroy();
    }
    return route.reset === place || route.hang === place;
  };

  await pause(route.delayHeadersMs);
  if (ends('before-headers')) return;
  const given = typeof route.body === 'function' ? route.body(request) : (route.body ?? '');
  const body = typeof given === 'string' ? Buffer.from(fill(given)) : given;
  const status = route.status ?? (route.redirect === undefined ? 200 : 302);
  const hasBody = status !== 204 && status !== 304;
  response.writeHead(status, {
    ...(hasBody && { 'content-length': body.length, 'content-type': 'application/xml' }),
    ...(route.redirect !== undefined && { location: fill(route.redirect) }),
    ...(route.headers as Record<string, string | string[]> | undefined),
  });
  response.flushHeaders();

  await pause(route.delayBodyMs);
  if (ends('after-headers')) return;
  if (!hasBody) return void response.end();
  if (route.hang === 'mid-body' || route.reset === 'mid-body') {
    response.write(body.subarray(0, Math.ceil(body.length / 2)), () => ends('mid-body'));
    return;
  }
  const { bytes, everyMs } = route.drip ?? { bytes: body.length || 1, everyMs: 0 };
  for (let at = 0; at < body.length && !response.destroyed; at += bytes) {
    if (at > 0) await pause(everyMs);
    response.write(body.subarray(at, at + bytes));
  }
  response.end();
}
