import { expect } from 'chai';
import { runnableConfig, startCollector } from '../support/collector.ts';
import { startOtlpReceiver } from '../support/otlp-receiver.ts';
import { startServiceProcess } from '../support/service-process.ts';
import { eventually, requireTool, temporaryFolder } from '../support/tools.ts';

describe('OTEL_EXPORTER_OTLP_PROTOCOL=grpc', function () {
  let otelcol: string;
  before(function () {
    otelcol = requireTool(this, 'otelcol');
  });

  it('brings traces and metrics to a real collector', async () => {
    using folder = temporaryFolder();
    await using backend = await startOtlpReceiver();
    await using collector = await startCollector(otelcol, runnableConfig(folder.path), backend.endpoint);
    await using service = await startServiceProcess({
      OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.grpcEndpoint,
      OTEL_BSP_SCHEDULE_DELAY: '100',
      OTEL_METRIC_EXPORT_INTERVAL: '500',
    });
    // a chain that fails is kept by the collector's sampling
    const { traceId } = await service.unwrap({ url: 'http://127.0.0.1:1/vast', tmax: 1000 });
    await eventually(() => Promise.resolve(backend.spans.some((span) => span.traceId === traceId)), 'the trace');
    const names = await eventually(async () => {
      const lines = (await collector.metrics()).split('\n').map((line) => line.replace(/[{ ].*/s, ''));
      return lines.includes('vast_unwrap_duration_seconds_count') && lines;
    }, 'the metrics');
    expect(names).to.include('process_cpu_time_seconds_total');
    expect(service.output()).to.not.contain('export fails');
    await service.stop();
  });
});
