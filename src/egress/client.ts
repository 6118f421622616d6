import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import got from 'got';
import type { Agents } from './agents.ts';
import { hostOf, portOf } from './guard.ts';

/** What an HTTP client tells. `error` may come more than once, and at any time. */
export type ClientEvents = {
  readonly request: (request: ClientRequest) => void;
  readonly response: (response: IncomingMessage, body: Readable) => void;
  readonly error: (error: unknown) => void;
};

/**
 * An HTTP client: sends one request and tells what comes of it. It follows nothing, decodes nothing, retries nothing
 * and throws nothing. What it returns ends the request.
 */
export type Client = (
  url: URL,
  init: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    /** Its length is among the headers. */
    readonly body?: string | undefined;
  },
  events: ClientEvents,
) => { readonly destroy: () => void };

/** Response headers beyond this end the request. */
const MAX_HEADER_BYTES = 8192;

/** got, with everything off that would follow, wait, decode or retry on its own. */
export function createGotClient(agents: Agents): Client {
  const client = got.extend({
    agent: { http: agents.http, https: agents.https },
    followRedirect: false,
    decompress: false,
    retry: { limit: 0 },
    throwHttpErrors: false,
    maxHeaderSize: MAX_HEADER_BYTES,
  });
  return (url, { method, headers, body }, events) => {
    const stream = client.stream(url, { method: method as 'GET', headers, ...(body !== undefined && { body }) });
    stream.once('request', (request: ClientRequest) => {
      // after its end it may fail once more, without a word of the stream
      request.on('error', events.error);
      events.request(request);
    });
    stream.once('response', (response: IncomingMessage) => events.response(response, stream));
    stream.on('error', events.error);
    return stream;
  };
}

/** node:http and node:https, which cost a third of that: hops of an auction go by them. */
export function createNativeClient(agents: Agents): Client {
  return (url, { method, headers, body }, events) => {
    const isTls = url.protocol === 'https:';
    // Node takes a URL apart into just these, and into more that nobody needs. It copies them three times.
    const options: https.RequestOptions = {
      headers: headerLines(url.host, headers),
      host: hostOf(url),
      port: portOf(url),
      path: url.pathname + url.search,
      agent: isTls ? agents.https : agents.http,
      maxHeaderSize: MAX_HEADER_BYTES,
    };
    if (method !== 'GET') options.method = method;
    const request = isTls ? https.request(options) : http.request(options);
    events.request(request);
    request.on('response', (response) => {
      response.on('error', events.error);
      events.response(response, response);
    });
    request.on('error', events.error);
    request.end(body);
    return request;
  };
}

/** Names and values in turn: Node writes them as they are, where it would first gather those of an object by their names. */
function headerLines(host: string, headers: Readonly<Record<string, string>>): string[] {
  const lines = ['host', host];
  for (const name in headers) lines.push(name, headers[name]!);
  return lines;
}
