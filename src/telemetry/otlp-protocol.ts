/** The protocols of OTLP, by the words of `OTEL_EXPORTER_OTLP_PROTOCOL` [OpenTelemetry, OTLP Exporter Configuration]. */
export const OTLP_PROTOCOLS = ['grpc', 'http/protobuf', 'http/json'] as const;

export type OtlpProtocol = (typeof OTLP_PROTOCOLS)[number];
export type OtlpSignal = 'traces' | 'metrics';

const COMMON = 'OTEL_EXPORTER_OTLP_PROTOCOL';
const OWN = {
  traces: 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL',
  metrics: 'OTEL_EXPORTER_OTLP_METRICS_PROTOCOL',
} as const satisfies Record<OtlpSignal, string>;

/** The protocol that a signal is sent by. What `otlpMistakes` finds is http/protobuf here. */
export function otlpProtocol(env: NodeJS.ProcessEnv, signal: OtlpSignal): OtlpProtocol {
  const written = env[OWN[signal]]?.trim() || env[COMMON]?.trim();
  return OTLP_PROTOCOLS.find((each) => each === written) ?? 'http/protobuf';
}

/** What is wrong with the protocols of an environment, a line each. */
export function otlpMistakes(env: NodeJS.ProcessEnv): readonly string[] {
  return [COMMON, ...Object.values(OWN)].flatMap((name) => {
    const written = env[name]?.trim() ?? '';
    const isKnown = written === '' || OTLP_PROTOCOLS.some((each) => each === written);
    return isKnown ? [] : [`${name}=${written}: must be one of ${OTLP_PROTOCOLS.join(', ')}`];
  });
}
