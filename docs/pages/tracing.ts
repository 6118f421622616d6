import { ATTRIBUTES, METRICS, prometheusName, SPANS } from '../../src/telemetry/names.ts';
import { code, MADE, table } from '../markdown.ts';

/** docs/tracing.md: every span, attribute and metric. */
export function tracingPage(): string {
  return `${MADE}
# Traces and metrics

With \`OTEL_EXPORTER_OTLP_ENDPOINT\` set, every request is a trace: one span for the request, one for each document of the
chain, one for each HTTP request to an ad server. So the host that was slow has a name, and so has what it was slow at.
\`traceresponse\` in the answer's headers says which trace it was; a \`traceparent\` of the caller is its parent, and is never
sent on to ad servers.

[otel-collector.yaml](../otel-collector.yaml) is a collector that keeps the slow and failed chains and counts spans per ad
server; [samples/dashboards](../samples/dashboards) has a Grafana dashboard and alerts on the metrics below. Variables are
in [settings.md](settings.md#opentelemetry).

## Spans

${table(
  ['Span', 'Kind', 'What it is'],
  Object.values(SPANS).map(({ name, kind, about }) => [code(name), kind, about]),
)}

## Attributes

${table(
  ['Attribute', 'On', 'What it says'],
  Object.entries(ATTRIBUTES).map(([name, { on, about }]) => [
    code(name),
    on.map((span) => code(SPANS[span].name)).join(', '),
    about,
  ]),
)}

URLs stand in spans without the values of their query, but for the hosts of \`SPAN_URL_HOSTS\`.

## Metrics

Scraped at \`/metrics\` of the admin listener, or pushed over OTLP. \`server.address\` is the name of the 200 busiest hosts and
\`_other\` for the rest.

${table(
  ['Metric', 'In Prometheus', 'Type', 'Labels', 'What it counts'],
  Object.entries(METRICS).map(([name, { type, unit, labels, about }]) => [
    code(name),
    code(`${prometheusName(name, unit)}${type === 'counter' ? '_total' : ''}`),
    type,
    labels.map(code).join(', '),
    about,
  ]),
)}
`;
}
