import type { Finding, Severity } from './finding.ts';
import type { NameSource } from './format.ts';
import { RULES } from './rules/index.ts';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];
const FIXES: ReadonlyMap<string, string> = new Map(RULES.map(({ id, fix }) => [id, fix]));

/** One finding in three lines: place and message, path, what to do. The last line counts. */
export function formatText(findings: readonly Finding[], nameOf: NameSource): string {
  const counts = SEVERITIES.map(
    (severity) => `${findings.filter((each) => each.severity === severity).length} ${severity}`,
  );
  return [...findings.map((each) => textOf(each, nameOf)), `${counts.join(', ')}\n`].join('\n');
}

function textOf({ rule, severity, vastError, hop, path, line, message }: Finding, nameOf: NameSource): string {
  const place = line === null ? nameOf(hop) : `${nameOf(hop)}:${line}`;
  const code = vastError === null ? '' : ` (VAST error ${vastError})`;
  const fix = FIXES.get(rule);
  return [
    `${place}: ${severity} ${rule}${code}: ${message}`,
    ...(path === null ? [] : [`  at ${path}`]),
    ...(fix === undefined ? [] : [`  ${fix}`]),
    '',
  ].join('\n');
}
