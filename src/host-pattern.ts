/** How hosts are named in files of rules: a host name in lower case; `*.ads.example` is every name below it, `*` every host. */
export const HOST_PATTERN = /^(\*|(\*\.)?[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?)$/;

/** The first of some rules whose pattern names this host, which comes without port; undefined where none does. */
export function firstForHost<Rule extends { readonly host: string }>(
  rules: readonly Rule[],
  hostname: string,
): Rule | undefined {
  if (rules.length === 0) return undefined;
  const lower = hostname.toLowerCase();
  const name = lower.endsWith('.') ? lower.slice(0, -1) : lower;
  return rules.find(({ host }) => isNamed(host, name));
}

function isNamed(pattern: string, name: string): boolean {
  if (pattern.startsWith('*.')) return name.endsWith(pattern.slice(1));
  return pattern === '*' || name === pattern;
}
