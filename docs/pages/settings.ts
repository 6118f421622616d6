import { SETTINGS } from '../../src/settings-table.ts';
import { RELOADED } from '../../src/loaded-settings.ts';
import type { Setting } from '../../src/setting.ts';
import { code, MADE, table } from '../markdown.ts';

/** Variables of OpenTelemetry with what is particular about them here; all others work as its specification says. */
const OTEL: readonly (readonly [name: string, fallback: string, about: string])[] = [
  ['OTEL_EXPORTER_OTLP_ENDPOINT', '', 'Where spans and metrics go, over OTLP/HTTP. Nothing is exported without it.'],
  ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', '', 'The same for spans alone.'],
  ['OTEL_EXPORTER_OTLP_METRICS_ENDPOINT', '', 'The same for metrics alone. `/metrics` has them in any case.'],
  ['OTEL_EXPORTER_OTLP_HEADERS', '', 'Headers for the collector, such as a key.'],
  [
    'OTEL_TRACES_EXPORTER',
    'otlp',
    'What takes the spans: `otlp`, `console` or `none`, or several with commas between. Without an endpoint only what is named.',
  ],
  [
    'OTEL_TRACES_SAMPLER',
    'parentbased_always_on',
    'Which requests are traced; a `traceparent` of the caller decides first.',
  ],
  ['OTEL_TRACES_SAMPLER_ARG', '', 'The share that `parentbased_traceidratio` keeps, 0 to 1.'],
  [
    'OTEL_BSP_MAX_QUEUE_SIZE',
    '2048',
    'Spans that may wait for the collector; what is more is lost, requests never wait.',
  ],
  ['OTEL_METRIC_EXPORT_INTERVAL', '60000', 'ms between two exports of metrics.'],
  ['OTEL_SERVICE_NAME', 'vast-unwrap', 'The name of this service in spans and metrics.'],
  ['OTEL_RESOURCE_ATTRIBUTES', '', 'What else is said of this process, such as `deployment.environment.name=live`.'],
  [
    'OTEL_NODE_RESOURCE_DETECTORS',
    'env,serviceinstance',
    'The others tell the command line and the host: ask for them by name.',
  ],
  ['OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT', '256', 'The longest text in a span, since strangers write some of them.'],
];

type Row = Setting<string | number | boolean | readonly (string | number)[] | null>;

const rows = Object.entries<Row>(SETTINGS);

const listOf = (names: readonly string[]): string =>
  `${names.slice(0, -1).map(code).join(', ')} and ${code(names.at(-1)!)}`;

/** docs/settings.md: every environment variable that is read. */
export function settingsPage(): string {
  return `${MADE}
# Settings

Every setting is an environment variable; an empty one counts as absent. All are checked at start, and all mistakes are
told at once. \`npm start -- --print-config\` shows what is in force, secrets masked.

**Without a restart.** On SIGHUP the service reads ${listOf(RELOADED)} again, and the files that they name; with
\`WORKERS\` all processes do. The environment of a process never changes, so what should change stands in the file of
\`SETTINGS_FILE\`: a line \`NAME=value\` each, \`#\` before a comment. The environment counts where a setting stands in both.
If anything cannot be read or is wrong, everything stays as it was, and the log says what is wrong
(\`settings cannot be used\`); else it says which settings changed (\`settings read again\`), and which of the others changed
in vain, since they need a new process. Connections of hosts end where the egress lists change; documents in the cache stay for the
time that they were given, five minutes at most.

${table(
  ['Setting', 'Default', 'For', 'Takes'],
  rows.map(([name, row]) => [code(name), code(fallbackOf(row)), row.doc, takes(row)]),
)}

## The address of the shared cache

\`CACHE_URL\` says where the Redis or Valkey is, and how it is run. User and password are percent-encoded there; or they
stand in \`CACHE_USER\` and \`CACHE_PASSWORD\`, as they are.

| It is | \`CACHE_URL\` |
| --- | --- |
| one server | \`redis://user:password@host:6379/database\` |
| a cluster, of which some nodes are named | \`redis+cluster://user:password@host:6379,host:6379\` |
| a server that sentinels know as \`master\` | \`redis+sentinel://user:password@host:26379,host:26379/master/database\` |

\`rediss\` in place of \`redis\` is over TLS, \`valkey\` and \`valkeys\` mean the same. A user needs no more than
\`ACL SETUSER name on >password ~vast-unwrap:* -@all +getrange +set +info\`, in a cluster \`+cluster|slots\` too. A
connection that is lost or refused is told once in the log, in \`/readyz?verbose\` and in \`vast_cache_shared_connected\`;
requests are served without it.

## OpenTelemetry

These belong to [OpenTelemetry](https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/) and are
read by its SDK; what is not listed works as it says there. Spans and metrics are described in [tracing.md](tracing.md).

${table(
  ['Variable', 'Default', 'For'],
  OTEL.map(([name, fallback, about]) => [code(name), code(fallback), about]),
)}
`;
}

function fallbackOf({ default: value, unit }: Row): string {
  if (value === null) return '';
  const written = String(value);
  return unit === null || written === '0' ? written : `${written} ${unit}`;
}

function takes({ type, unit, secret }: Row): string {
  return `${type}${unit === null ? '' : `, in ${unit}`}${secret ? '; never shown' : ''}`;
}
