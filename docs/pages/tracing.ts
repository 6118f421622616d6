import { readFileSync } from 'node:fs';
import { ATTRIBUTES, METRICS, prometheusName, SPANS } from '../../src/telemetry/names.ts';
import { code, MADE, table } from '../markdown.ts';

/** docs/tracing.md: the text of tracing.md in this folder, with every span, attribute and metric. */
export function tracingPage(): string {
  const text = readFileSync(new URL('tracing.md', import.meta.url), 'utf8');
  const tables: Readonly<Record<string, () => string>> = { spans, attributes, metrics };
  return `${MADE}\n${text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => tables[name]!())}`;
}

function spans(): string {
  const rows = Object.values(SPANS).map(({ name, kind, about }) => [code(name), kind, about]);
  return table(['Span', 'Kind', 'What it is'], rows);
}

function attributes(): string {
  const rows = Object.entries(ATTRIBUTES).map(([name, { on, about }]) => [
    code(name),
    on.map((span) => code(SPANS[span].name)).join(', '),
    about,
  ]);
  return table(['Attribute', 'On', 'What it says'], rows);
}

function metrics(): string {
  const rows = Object.entries(METRICS).map(([name, { type, unit, labels, about }]) => [
    code(name),
    code(`${prometheusName(name, unit)}${type === 'counter' ? '_total' : ''}`),
    type,
    labels.map(code).join(', '),
    about,
  ]);
  return table(['Metric', 'In Prometheus', 'Type', 'Labels', 'What it counts'], rows);
}
