/** How hosts are named in files of rules: a host name in lower case; `*.ads.example` is every name below it, `*` every host. */
export const HOST_PATTERN = /^(\*|(\*\.)?[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?)$/;

/** Is this host, without port, one of those that a pattern names? */
export function matchesHost(pattern: string, hostname: string): boolean {
  if (pattern === '*') return true;
  const name = hostname.toLowerCase().replace(/\.$/, '');
  return pattern.startsWith('*.') ? name.endsWith(pattern.slice(1)) : name === pattern;
}
