/** The oldest Node that runs this package: `engines` in package.json says the same. */
export const OLDEST_NODE = '22.18.0';

/** What a person is told where this Node is too old; null where it will do. */
export function nodeProblem(version: string): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE.split('.').map(Number);
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return null;
  return `vast-unwrap needs Node ${oldestMajor}.${oldestMinor} or later, and this is Node ${version}: install a newer one, or run it with npx -p node@${oldestMajor}.`;
}
