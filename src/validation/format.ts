import type { Finding } from './finding.ts';
import { formatGithub } from './format-github.ts';
import { formatSarif } from './format-sarif.ts';
import { formatText } from './format-text.ts';

/** The name of what a finding is about: a file or a URL as it may be shown. `null` is the whole chain. */
export type NameSource = (hop: number | null) => string;

/** Writes findings for people, for programs, for code scanning [SARIF 2.1.0], or as annotations of GitHub. */
export const FORMATS = {
  text: formatText,
  json: (findings: readonly Finding[]): string => `${JSON.stringify({ findings }, null, 2)}\n`,
  sarif: formatSarif,
  github: formatGithub,
} as const satisfies Record<string, (findings: readonly Finding[], nameOf: NameSource) => string>;

export type Format = keyof typeof FORMATS;

/** Is there a finding at which a build should fail? */
export function failsOn(findings: readonly Finding[], least: 'error' | 'warning'): boolean {
  return findings.some(({ severity }) => severity === 'error' || severity === least);
}
