/** Creative subtypes [AdCOM 1.0, List: Creative Subtypes - Audio/Video] of each VAST version. */
const PROTOCOLS = [
  { version: '1.0', inline: 1, wrapper: 4 },
  { version: '2.0', inline: 2, wrapper: 5 },
  { version: '3.0', inline: 3, wrapper: 6 },
  { version: '4.0', inline: 7, wrapper: 8 },
  { version: '4.1', inline: 11, wrapper: 12 },
  { version: '4.2', inline: 13, wrapper: 14 },
  { version: '4.3', inline: 15, wrapper: 16 },
] as const;

/** A draft has no number of its own: it counts as the version that it adds to. */
const DRAFTS: Readonly<Record<string, string>> = { '4.4': '4.3' };

/** The number of a VAST version, as `imp.video.protocols` and `bid.protocol` have it; null where it has none. */
export function protocolOf(version: string, kind: 'inline' | 'wrapper'): number | null {
  return PROTOCOLS.find((row) => row.version === (DRAFTS[version] ?? version))?.[kind] ?? null;
}

/** The VAST version of a number, and whether it stands for a wrapper; null for DAAST and what is not known. */
export function versionOf(protocol: number): { readonly version: string; readonly wrapper: boolean } | null {
  const row = PROTOCOLS.find(({ inline, wrapper }) => inline === protocol || wrapper === protocol);
  return row === undefined ? null : { version: row.version, wrapper: row.wrapper === protocol };
}
