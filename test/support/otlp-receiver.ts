import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import protobuf from 'protobufjs';

/** A span as it came over the wire. */
export type ReceivedSpan = {
  readonly name: string;
  /** INTERNAL 1, SERVER 2, CLIENT 3. */
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  /** Null for the root of a trace. */
  readonly parentSpanId: string | null;
  /** ms since the epoch. */
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  /** Unset 0, OK 1, ERROR 2. */
  readonly status: number;
  readonly resource: Readonly<Record<string, string | number | boolean>>;
};

export type OtlpReceiver = AsyncDisposable & {
  /** Value for `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly endpoint: string;
  readonly spans: readonly ReceivedSpan[];
  /** Every request body as it came, to look for what must not be in it. */
  readonly bodies: readonly Buffer[];
  readonly requests: readonly { readonly path: string; readonly headers: IncomingHttpHeaders }[];
  /** Settles when that many spans of a name have come. */
  readonly received: (name: string, count?: number) => Promise<readonly ReceivedSpan[]>;
};

/** What is read of opentelemetry-proto's trace.proto: a field that is not named here is skipped. */
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Export { repeated ResourceSpans resource_spans = 1; }
  message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
  message Resource { repeated KeyValue attributes = 1; }
  message ScopeSpans { repeated Span spans = 2; }
  message Span {
    bytes trace_id = 1; bytes span_id = 2; bytes parent_span_id = 4; string name = 5; int32 kind = 6;
    fixed64 start_time_unix_nano = 7; fixed64 end_time_unix_nano = 8; repeated KeyValue attributes = 9;
    repeated Link links = 13; Status status = 15;
  }
  message Link { bytes trace_id = 1; bytes span_id = 2; }
  message Status { int32 code = 3; }
  message KeyValue { string key = 1; Value value = 2; }
  message Value { oneof value { string string = 1; bool bool = 2; int64 int = 3; double double = 4; } }
`);
const Export = root.lookupType('Export');

type KeyValue = { readonly key: string; readonly value: Readonly<Record<string, string | number | boolean>> };
type Ids = { readonly traceId: Uint8Array; readonly spanId: Uint8Array };
type WireSpan = Ids & {
  readonly parentSpanId: Uint8Array;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly KeyValue[];
  readonly links: readonly Ids[];
  readonly status: { readonly code: number } | null;
};
type WireExport = {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] };
    readonly scopeSpans: readonly { readonly spans: readonly WireSpan[] }[];
  }[];
};

/** A collector on loopback that takes OTLP over HTTP and remembers it. It answers `status`, after `delayMs`. */
export async function startOtlpReceiver({ status = 200, delayMs = 0, port = 0 } = {}): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const bodies: Buffer[] = [];
  const requests: { path: string; headers: IncomingHttpHeaders }[] = [];
  const waiting: (() => void)[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const sent = Buffer.concat(chunks);
      const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
      bodies.push(body);
      requests.push({ path: request.url ?? '', headers: request.headers });
      if (request.url === '/v1/traces') spans.push(...decodeSpans(body));
      for (const wake of waiting.splice(0)) wake();
      // nobody waits for one that hangs
      setTimeout(() => response.writeHead(status, { 'content-type': 'application/x-protobuf' }).end(), delayMs).unref();
    })();
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    bodies,
    requests,
    async received(name, count = 1) {
      for (;;) {
        const found = spans.filter((span) => span.name === name);
        if (found.length >= count) return found;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function decodeSpans(body: Buffer): readonly ReceivedSpan[] {
  const options = { longs: String, defaults: true, arrays: true } as const;
  const { resourceSpans } = Export.toObject(Export.decode(body), options) as WireExport;
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap((scope) => scope.spans.map((span) => readSpan(span, readAttributes(resource.attributes)))),
  );
}

function readSpan(span: WireSpan, resource: ReceivedSpan['resource']): ReceivedSpan {
  return {
    name: span.name,
    kind: span.kind,
    ...readIds(span),
    parentSpanId: span.parentSpanId.length === 0 ? null : hex(span.parentSpanId),
    startMs: Number(span.startTimeUnixNano) / 1e6,
    endMs: Number(span.endTimeUnixNano) / 1e6,
    attributes: readAttributes(span.attributes),
    links: span.links.map(readIds),
    status: span.status?.code ?? 0,
    resource,
  };
}

function readIds({ traceId, spanId }: Ids): { readonly traceId: string; readonly spanId: string } {
  return { traceId: hex(traceId), spanId: hex(spanId) };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function readAttributes(attributes: readonly KeyValue[]): ReceivedSpan['attributes'] {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [key, 'int' in value ? Number(value['int']) : Object.values(value)[0]!]),
  );
}
