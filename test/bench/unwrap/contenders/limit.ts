import { createServer, get, Agent, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Contender } from '../contender.ts';

// The bare limit: node:http on both sides and a scanner that knows nothing of XML. It is wrong for most documents, and
// nothing correct can be cheaper.

const plain = new Agent({ keepAlive: true, maxSockets: Infinity });
const secure = new https.Agent({ keepAlive: true, maxSockets: Infinity });
const SECTIONS = ['Impression', 'Error', 'Tracking', 'ClickTracking'];

function fetchText(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const onResponse = (response: IncomingMessage): void => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(Buffer.concat(chunks).toString()));
    };
    const request = url.startsWith('https:')
      ? https.get(url, { agent: secure }, onResponse)
      : get(url, { agent: plain }, onResponse);
    request.on('error', reject);
  });
}

function between(text: string, open: string, close: string): string {
  const start = text.indexOf(open);
  return start === -1 ? '' : text.slice(start + open.length, text.indexOf(close, start));
}

function elements(text: string, name: string): string {
  let found = '';
  for (let at = text.indexOf(`<${name}`); at !== -1; at = text.indexOf(`<${name}`, at + 1)) {
    if (/[\s>]/.test(text[at + name.length + 1]!))
      found += text.slice(at, text.indexOf(`</${name}>`, at) + name.length + 3);
  }
  return found;
}

async function unwrap(tag: string): Promise<string> {
  const wrappers: string[] = [];
  let text = await fetchText(tag);
  for (let uri = between(text, '<VASTAdTagURI><![CDATA[', ']]>'); uri !== '';) {
    wrappers.push(text);
    text = await fetchText(uri);
    uri = between(text, '<VASTAdTagURI><![CDATA[', ']]>');
  }
  for (const [index, name] of SECTIONS.entries()) {
    const added = wrappers.map((wrapper) => elements(wrapper, name)).join('');
    const anchors = ['</InLine>', '</InLine>', '</TrackingEvents>', '</VideoClicks>'];
    const at = text.indexOf(anchors[index]!);
    if (at !== -1) text = text.slice(0, at) + added + text.slice(at);
  }
  return text;
}

export async function startContender(): Promise<Contender> {
  const server = createServer((request, response) => {
    const tag = new URL(request.url!, 'http://localhost').searchParams.get('url')!;
    void unwrap(tag).then((text) => response.writeHead(200, { 'content-type': 'application/xml' }).end(text));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { urlFor: (tag) => `http://127.0.0.1:${port}/?url=${encodeURIComponent(tag)}` };
}
