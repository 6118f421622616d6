import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';

const SDK = join(import.meta.dirname, '../../src/telemetry/sdk.ts');

/** Runs a script in a process of its own, since OpenTelemetry is set up once for a process. */
function run(script: string, env: Record<string, string>): { readonly stdout: string; readonly status: number | null } {
  const source = `import { startTelemetry } from ${JSON.stringify(SDK)};\n${script}`;
  return spawnSync(process.execPath, ['--input-type=module-typescript', '-e', source], {
    env: { PATH: process.env['PATH'], ...env },
    encoding: 'utf8',
  });
}

describe('startTelemetry', () => {
  it('gives trace ids and counts metrics without exporting anything', () => {
    const { stdout, status } = run(
      `const telemetry = startTelemetry(process.env, '1.2.3');
       const span = telemetry.tracing.tracer.startSpan('x');
       telemetry.meterProvider.getMeter('m').createCounter('things').add(2);
       console.log(span.isRecording(), span.spanContext().traceId);
       console.log(await telemetry.prometheusText());
       await telemetry.shutdown();`,
      {},
    );
    expect(stdout).to.match(/^false [0-9a-f]{32}\n/);
    expect(stdout).to.match(/things_total\S* 2/);
    expect(stdout).to.contain('service_name="vast-unwrap"').and.not.to.contain('process_command');
    expect(status).to.equal(0);
  });

  it('rehearses with what nobody sees, traced where spans are exported', () => {
    for (const endpoint of ['', 'http://127.0.0.1:9']) {
      const { stdout } = run(
        `const telemetry = startTelemetry(process.env, '1.2.3');
         const unseen = telemetry.unseen();
         const span = unseen.tracing.tracer.startSpan('x');
         span.end();
         unseen.meterProvider.getMeter('m').createCounter('things').add(2);
         console.log(span.ended === true, (await telemetry.prometheusText()).includes('things'));
         process.exit();`,
        { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint },
      );
      expect(stdout).to.equal(`${endpoint !== ''} false\n`);
    }
  });
});
