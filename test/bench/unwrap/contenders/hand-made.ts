import { Agent, get, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import Koa from 'koa';
import type { Contender } from '../contender.ts';

// What stands in the code of an SSP that wrote its own: Koa, node:http and fast-xml-parser, a deadline, a limit of
// wrappers, the trackers of all wrappers in the InLine, one line of log for what failed. No guard against private
// addresses, no cache, no pods, no rules, no spans; comments and the order of elements are lost.

const TMAX_MS = 60_000;
const MAX_WRAPPERS = 5;
const MAX_BYTES = 524_288;
const MACROS: readonly (readonly [string, () => string])[] = [
  ['[CACHEBUSTING]', () => String(Math.floor(Math.random() * 1e8)).padStart(8, '0')],
  ['[TIMESTAMP]', () => encodeURIComponent(new Date().toISOString())],
];

type Node = { [name: string]: unknown };

/** Why there is no ad, by VAST's error code. */
class NoAd extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

const LISTS = new Set([
  'Ad',
  'Impression',
  'Error',
  'Creative',
  'Tracking',
  'ClickTracking',
  'CustomClick',
  'MediaFile',
]);
const xml = { ignoreAttributes: false, cdataPropName: '#cdata', attributeNamePrefix: '@' };
const parser = new XMLParser({ ...xml, parseTagValue: false, isArray: (name) => LISTS.has(name) });
const builder = new XMLBuilder({ ...xml, suppressEmptyNode: true, suppressBooleanAttributes: false });

const agents = {
  'http:': { get, agent: new Agent({ keepAlive: true }) },
  'https:': { get: https.get, agent: new https.Agent({ keepAlive: true }) },
};

function fetchText(url: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const client = agents[new URL(url).protocol as keyof typeof agents];
    const onResponse = (response: IncomingMessage): void => {
      if (response.statusCode === 204) resolve('');
      else if (response.statusCode !== 200) reject(new NoAd(301, `status ${response.statusCode}`));
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_BYTES) response.destroy(new NoAd(301, 'too large'));
        else chunks.push(chunk);
      });
      response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
      response.on('error', reject);
    };
    client.get(url, { agent: client.agent, signal }, onResponse).on('error', reject);
  });
}

function fill(uri: string): string {
  return MACROS.reduce((filled, [macro, value]) => filled.replaceAll(macro, value), uri);
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return textOf(value[0]);
  if (typeof value === 'string') return value.trim();
  if (typeof value !== 'object' || value === null) return '';
  const node = value as Node;
  return textOf(node['#cdata'] ?? node['#text']);
}

function child(parent: unknown, name: string): Node | undefined {
  return (parent as Node | undefined)?.[name] as Node | undefined;
}

function list(parent: unknown, name: string): unknown[] {
  return ((parent as Node | undefined)?.[name] as unknown[] | undefined) ?? [];
}

function append(parent: Node, name: string, more: readonly unknown[]): void {
  if (more.length > 0) parent[name] = [...list(parent, name), ...more];
}

/** The `Linear` of each creative that has one. */
function linears(ad: Node): Node[] {
  const creatives = list(child(ad, 'Creatives'), 'Creative');
  return creatives.map((creative) => child(creative, 'Linear')).filter((linear) => linear !== undefined);
}

function ensure(parent: Node, name: string): Node {
  if (typeof parent[name] !== 'object') parent[name] = {};
  return parent[name] as Node;
}

/** Puts what a wrapper asks for into the InLine. */
function merge(inLine: Node, wrapper: Node): void {
  append(inLine, 'Impression', list(wrapper, 'Impression'));
  append(inLine, 'Error', list(wrapper, 'Error'));
  for (const from of linears(wrapper)) {
    for (const into of linears(inLine)) {
      append(ensure(into, 'TrackingEvents'), 'Tracking', list(child(from, 'TrackingEvents'), 'Tracking'));
      append(ensure(into, 'VideoClicks'), 'ClickTracking', list(child(from, 'VideoClicks'), 'ClickTracking'));
    }
  }
}

async function unwrap(tag: string, signal: AbortSignal): Promise<string> {
  const wrappers: Node[] = [];
  let uri = tag;
  for (;;) {
    const text = await fetchText(fill(uri), signal);
    const document = parser.parse(text) as Node;
    const ad = list(child(document, 'VAST'), 'Ad')[0] as Node | undefined;
    if (ad === undefined) throw new NoAd(303, 'no ad');
    const inLine = child(ad, 'InLine');
    if (inLine !== undefined) {
      for (const wrapper of wrappers.toReversed()) merge(inLine, wrapper);
      return builder.build(document);
    }
    const wrapper = child(ad, 'Wrapper');
    if (wrapper === undefined || wrappers.length === MAX_WRAPPERS) throw new NoAd(302, 'too many wrappers');
    wrappers.push(wrapper);
    uri = textOf(wrapper['VASTAdTagURI']);
  }
}

export async function startContender(): Promise<Contender> {
  const app = new Koa();
  app.use(async (context) => {
    try {
      context.body = await unwrap(String(context.query['url']), AbortSignal.timeout(TMAX_MS));
      context.type = 'application/xml';
    } catch (error) {
      console.error(error instanceof NoAd ? `${error.code} ${error.message}` : error);
      context.status = 204;
    }
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return { urlFor: (tag) => `http://127.0.0.1:${port}/?url=${encodeURIComponent(tag)}` };
}
