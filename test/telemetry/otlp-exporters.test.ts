import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { expect } from 'chai';
import { createMetricExporter, createTraceExporter } from '../../src/telemetry/otlp-exporters.ts';

type Note = readonly [signal: string, hasFailed: boolean];

describe('the exporters of OTLP', () => {
  const endpoint = process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  let status = 200;
  const types: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    types.push(request.headers['content-type']);
    request.resume().once('end', () => response.writeHead(status, { 'Content-Type': 'application/json' }).end('{}'));
  });

  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
    if (endpoint === undefined) delete process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
    else process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = endpoint;
  });

  /** Exports one batch after the other to a server that answers with these statuses; gives what was noted. */
  async function notesOf(
    create: (note: (signal: string, failure: string | null) => void) => (done: () => void) => void,
    statuses: readonly number[],
  ): Promise<readonly Note[]> {
    const notes: Note[] = [];
    const send = create((signal, failure) => notes.push([signal, failure !== null]));
    for (const each of statuses) {
      status = each;
      await new Promise<void>(send);
    }
    return notes;
  }

  const metrics = { resource: resourceFromAttributes({}), scopeMetrics: [] };
  for (const [protocol, type] of [
    ['http/protobuf', 'application/x-protobuf'],
    ['http/json', 'application/json'],
  ] as const) {
    it(`sends both signals as ${protocol}, and notes the first failure and the first success after it`, async () => {
      types.length = 0;
      const statuses = [200, 400, 400, 200, 200];
      const traces = await notesOf((note) => {
        const exporter = createTraceExporter(protocol, note);
        return (done) => exporter.export([], done);
      }, statuses);
      const measures = await notesOf((note) => {
        const exporter = createMetricExporter(protocol, note);
        return (done) => exporter.export(metrics, done);
      }, statuses);
      expect(traces).to.deep.equal([
        ['traces', true],
        ['traces', false],
      ]);
      expect(measures).to.deep.equal([
        ['metrics', true],
        ['metrics', false],
      ]);
      expect(new Set(types)).to.deep.equal(new Set([type]));
    });
  }
});
