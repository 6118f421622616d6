import type { Readable, Writable } from 'node:stream';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { createCallRate } from '../admin/call-rate.ts';
import { RequestError } from '../http/problem.ts';
import { VERSION } from '../version.ts';
import { type Tool, type ToolDeps, TOOLS } from './tools.ts';

/** As many as the debug page: each may be a request to somebody's ad server. */
const CALLS_PER_MINUTE = 60;
/** Characters that turn the direction of reading, and others that nobody sees: selectors and fillers can hide a text. */
const UNSEEN = /(?![\t\n])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * Serves the tools over two streams [Model Context Protocol, stdio] until the one that is read ends.
 */
export async function serveMcp(
  deps: ToolDeps,
  streams: { readonly stdin: Readable; readonly stdout: Writable },
): Promise<void> {
  const server = new McpServer({ name: 'vast-unwrap', version: VERSION });
  const take = createCallRate(CALLS_PER_MINUTE, 60_000, Date.now);
  for (const tool of TOOLS) register(server, tool, deps, take);
  const ended = new Promise<void>((resolve) => {
    streams.stdin.once('end', resolve).once('close', resolve);
    server.server.onclose = resolve;
  });
  const transport = new StdioServerTransport(streams.stdin, streams.stdout);
  await server.connect(transport);
  const allAnswered = watchAnswers(transport);
  await ended;
  // who says no more may still read
  await allAnswered();
  await server.close();
}

/** Watches which requests wait for their answer; what it returns settles when none does any more. */
function watchAnswers(transport: StdioServerTransport): () => Promise<void> {
  const waiting = new Set<string | number>();
  let settled = (): void => {};
  const forget = (id: unknown): void => {
    waiting.delete(id as string | number);
    if (waiting.size === 0) settled();
  };
  const { onmessage } = transport;
  const send = transport.send.bind(transport);
  transport.onmessage = (message) => {
    if ('method' in message && 'id' in message) waiting.add(message.id);
    // a request that was called off has no answer
    if ('method' in message && message.method === 'notifications/cancelled') forget(message.params?.['requestId']);
    onmessage?.(message);
  };
  transport.send = async (message) => {
    await send(message);
    if (!('method' in message)) forget(message.id);
  };
  return () =>
    new Promise((resolve) => {
      settled = resolve;
      if (waiting.size === 0) resolve();
    });
}

function register(server: McpServer, tool: Tool, deps: ToolDeps, take: () => number): void {
  const { name, title, description, input, asksOthers } = tool;
  const annotations = { readOnlyHint: !asksOthers, destructiveHint: false, openWorldHint: asksOthers };
  server.registerTool(name, { title, description, inputSchema: input, annotations }, async (given): Promise<Called> => {
    const waitMs = asksOthers ? take() : 0;
    if (waitMs > 0) {
      return failed(
        `There were ${CALLS_PER_MINUTE} calls within a minute. Try again in ${Math.ceil(waitMs / 1000)} s.`,
      );
    }
    try {
      return { content: [{ type: 'text', text: jsonOf(await tool.run(given, deps)) }] };
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      return failed([error.message, ...error.errors.map(({ field, message }) => `${field}: ${message}`)].join('\n'));
    }
  });
}

type Called = {
  readonly isError?: boolean;
  readonly content: { readonly type: 'text'; readonly text: string }[];
} & Record<string, unknown>;

/** What went wrong, as an assistant is told so that it can do better. */
const failed = (text: string): Called => ({ isError: true, content: [{ type: 'text', text }] });

/** JSON that holds nothing unseen, in names neither: those of events are written by strangers too. */
const jsonOf = (answer: object): string =>
  JSON.stringify(
    answer,
    (_key, value: unknown) => (typeof value === 'string' ? value.replace(UNSEEN, '') : value),
    2,
  ).replace(UNSEEN, '');
