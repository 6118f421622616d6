import type { Finding, Severity } from './finding.ts';
import type { NameSource } from './format.ts';
import { RULES } from './rules/index.ts';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** One run of SARIF 2.1.0 with the rules that found something, for code scanning. */
export function formatSarif(findings: readonly Finding[], nameOf: NameSource): string {
  const told = new Set(findings.map(({ rule }) => rule));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'vast-unwrap', rules: RULES.filter(({ id }) => told.has(id)).map(describeRule) } },
        results: findings.map((finding) => resultOf(finding, nameOf)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function describeRule({ id, title, why, fix, spec, severity }: (typeof RULES)[number]) {
  return {
    id,
    shortDescription: { text: `${title}.` },
    fullDescription: { text: why },
    help: { text: `${fix} See ${spec}.` },
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function resultOf({ rule, severity, vastError, lossReason, hop, path, line, message }: Finding, nameOf: NameSource) {
  return {
    ruleId: rule,
    level: LEVELS[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(nameOf(hop)) },
          ...(line === null ? {} : { region: { startLine: line } }),
        },
        ...(path === null ? {} : { logicalLocations: [{ fullyQualifiedName: path }] }),
      },
    ],
    properties: { hop, vastError, lossReason },
  };
}
