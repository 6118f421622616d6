import { BatchSpanProcessor, NoopSpanProcessor, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { expect } from 'chai';
import { createSpanProcessors, isTraced } from '../../src/telemetry/span-processors.ts';

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' };

describe('createSpanProcessors', () => {
  const kindsOf = (env: NodeJS.ProcessEnv, told: unknown[] = []): readonly unknown[] =>
    createSpanProcessors(env, (...note) => told.push(note)).map(({ constructor }) => constructor);

  it('goes by the exporters that are named, one or several', () => {
    const cases: readonly (readonly [NodeJS.ProcessEnv, readonly unknown[]])[] = [
      [{}, [NoopSpanProcessor]],
      [ENDPOINT, [BatchSpanProcessor]],
      [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:9/v1/traces' }, [BatchSpanProcessor]],
      [{ OTEL_TRACES_EXPORTER: 'otlp' }, [BatchSpanProcessor]],
      [{ OTEL_TRACES_EXPORTER: 'console' }, [SimpleSpanProcessor]],
      [{ ...ENDPOINT, OTEL_TRACES_EXPORTER: ' console, otlp,otlp' }, [SimpleSpanProcessor, BatchSpanProcessor]],
      [{ ...ENDPOINT, OTEL_TRACES_EXPORTER: 'none' }, [NoopSpanProcessor]],
      [{ ...ENDPOINT, OTEL_TRACES_EXPORTER: '' }, [BatchSpanProcessor]],
    ];
    for (const [env, kinds] of cases) {
      const told: unknown[] = [];
      expect(kindsOf(env, told), JSON.stringify(env)).to.deep.equal(kinds);
      expect(isTraced(env)).to.equal(!kinds.includes(NoopSpanProcessor));
      expect(told).to.deep.equal([]);
    }
  });

  it('says which exporter it does not know', () => {
    const told: unknown[] = [];
    expect(kindsOf({ OTEL_TRACES_EXPORTER: 'zipkin' }, told)).to.deep.equal([NoopSpanProcessor]);
    expect(told).to.deep.equal([['traces', 'OTEL_TRACES_EXPORTER=zipkin: must be otlp, console or none']]);
  });
});
