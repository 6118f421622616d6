import type { Finding, Severity } from './finding.ts';
import type { NameSource } from './format.ts';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** One workflow command for each finding, which GitHub shows beside the line. */
export function formatGithub(findings: readonly Finding[], nameOf: NameSource): string {
  return findings.map((each) => `${commandOf(each, nameOf)}\n`).join('');
}

function commandOf({ rule, severity, hop, line, message }: Finding, nameOf: NameSource): string {
  const properties = { file: nameOf(hop), ...(line === null ? {} : { line: String(line) }), title: rule };
  const written = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`);
  return `::${COMMANDS[severity]} ${written.join(',')}::${escapeData(message)}`;
}

/** A message ends with its line, so that a document cannot write a command of its own. */
const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
