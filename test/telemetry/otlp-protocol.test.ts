import { expect } from 'chai';
import { otlpMistakes, OTLP_PROTOCOLS, otlpProtocol } from '../../src/telemetry/otlp-protocol.ts';

describe('otlpProtocol', () => {
  it('is http/protobuf where nothing is said', () => {
    expect(otlpProtocol({}, 'traces')).to.equal('http/protobuf');
    expect(otlpProtocol({ OTEL_EXPORTER_OTLP_PROTOCOL: ' ' }, 'metrics')).to.equal('http/protobuf');
  });

  for (const protocol of OTLP_PROTOCOLS) {
    it(`is ${protocol} for both signals where it is said for both, and for one where it is said for one`, () => {
      for (const signal of ['traces', 'metrics'] as const) {
        expect(otlpProtocol({ OTEL_EXPORTER_OTLP_PROTOCOL: protocol }, signal)).to.equal(protocol);
      }
      const env = { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf', OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: protocol };
      expect(otlpProtocol(env, 'metrics')).to.equal(protocol);
      expect(otlpProtocol(env, 'traces')).to.equal('http/protobuf');
    });
  }
});

describe('otlpMistakes', () => {
  it('finds none in what is known', () => {
    for (const protocol of OTLP_PROTOCOLS)
      expect(otlpMistakes({ OTEL_EXPORTER_OTLP_PROTOCOL: protocol })).to.deep.equal([]);
  });

  for (const name of ['PROTOCOL', 'TRACES_PROTOCOL', 'METRICS_PROTOCOL'].map((each) => `OTEL_EXPORTER_OTLP_${each}`)) {
    it(`names ${name} and what it may be`, () => {
      for (const wrong of ['thrift', 'GRPC', 'http']) {
        const [mistake] = otlpMistakes({ [name]: wrong });
        expect(mistake).to.contain(`${name}=${wrong}`).and.contain('grpc, http/protobuf, http/json');
      }
    });
  }
});
