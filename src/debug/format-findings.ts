import type { Finding, Severity } from '../validation/finding.ts';
import type { MediaVerdict } from '../validation/media-verdict.ts';
import type { Rule } from '../validation/rule.ts';
import { RULES } from '../validation/rules/index.ts';
import { drawMedia } from './draw-media.ts';
import { printable } from './printable.ts';

/** What the findings are about. */
export type FindingsContext = {
  /** The file or URL that was looked at; `-` is standard input. */
  readonly target: string;
  /** The version of this package. */
  readonly version: string;
  /** What the media files were found to be; null where nobody looked. */
  readonly media: readonly MediaVerdict[] | null;
};

type Format = (findings: readonly Finding[], context: FindingsContext) => string;

const WRITERS = { text: asText, json: asJson, sarif: asSarif, github: asGithub } as const satisfies Record<
  string,
  Format
>;

export type FindingsFormat = keyof typeof WRITERS;

/** How findings of one document can be written. */
export const FORMATS = Object.keys(WRITERS) as readonly FindingsFormat[];

/**
 * Findings of one document for a person (`text`), a program (`json`, as `/v1/validate` answers), a code scanner (`sarif`
 * [SARIF 2.1.0]) or the log of a GitHub workflow (`github`).
 */
export function formatFindings(findings: readonly Finding[], format: FindingsFormat, context: FindingsContext): string {
  return WRITERS[format](findings, context);
}

const nameOf = ({ target }: FindingsContext): string => (target === '-' ? 'stdin' : target);

const NOUNS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** `file:line`, which editors and terminals can open. */
function asText(findings: readonly Finding[], context: FindingsContext): string {
  const lines = findings.map(({ severity, rule, line, message, spec }) => {
    const place = `${printable(nameOf(context))}${line === null ? '' : `:${line}`}`;
    return `${place}  ${severity}  ${rule}  ${printable(message)}${spec === null ? '' : ` [${spec}]`}\n`;
  });
  const counts = Object.entries(NOUNS).map(([severity, noun]) => {
    const count = findings.filter((each) => each.severity === severity).length;
    return `${count} ${noun}${count === 1 ? '' : 's'}`;
  });
  const files = drawMedia(context.media ?? []).map((line) => `${line}\n`);
  return `${lines.join('')}${files.join('')}${counts.join(', ')}\n`;
}

function asJson(findings: readonly Finding[], { media }: FindingsContext): string {
  return `${JSON.stringify({ ...(media !== null && { media }), findings }, null, 2)}\n`;
}

const SARIF_LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;

function asSarif(findings: readonly Finding[], context: FindingsContext): string {
  const ids = [...new Set(findings.map(({ rule }) => rule))];
  const uri = uriReference(nameOf(context).toWellFormed());
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'vast-unwrap', version: context.version, rules: ids.map(sarifRule) } },
        results: findings.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: ids.indexOf(finding.rule),
          level: SARIF_LEVELS[finding.severity],
          message: { text: finding.message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri },
                ...(finding.line !== null && { region: { startLine: finding.line } }),
              },
              ...(finding.path !== null && { logicalLocations: [{ fullyQualifiedName: finding.path }] }),
            },
          ],
          properties: { vastError: finding.vastError, lossReason: finding.lossReason, spec: finding.spec },
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** A URL or a path as RFC 3986 has it. What is escaped in a URL stays so. */
function uriReference(target: string): string {
  if (target.includes('://')) return encodeURI(target).replaceAll(/%25(?=[\da-f]{2})/gi, '%');
  return target.split(/[/\\]/).map(encodeURIComponent).join('/');
}

const RULE_OF_ID: ReadonlyMap<string, Rule> = new Map(RULES.map((rule) => [rule.id, rule]));

function sarifRule(id: string) {
  const rule = RULE_OF_ID.get(id);
  if (rule === undefined) return { id };
  return {
    id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.why },
    help: { text: rule.fix },
    defaultConfiguration: { level: SARIF_LEVELS[rule.severity] },
  };
}

const GITHUB_LEVELS = { error: 'error', warning: 'warning', info: 'notice' } as const;

/** Workflow commands: what would end a value or a command is percent-encoded. */
function asGithub(findings: readonly Finding[], context: FindingsContext): string {
  const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return findings
    .map(({ severity, rule, line, message }) => {
      const at = `file=${property(nameOf(context))}${line === null ? '' : `,line=${line}`},title=${property(rule)}`;
      return `::${GITHUB_LEVELS[severity]} ${at}::${data(message)}\n`;
    })
    .join('');
}
