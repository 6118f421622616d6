/** API frameworks [AdCOM 1.0, List: API Frameworks] by the names that VAST has for them. */
const FRAMEWORKS: readonly (readonly [RegExp, number])[] = [
  [/^vpaid\s*1(\.0)?$/i, 1],
  [/^vpaid(\s*2(\.0)?)?$/i, 2],
  [/^mraid-?1$/i, 3],
  [/^mraid-?2$/i, 5],
  [/^mraid(-?3)?$/i, 6],
  [/^omid(-?1)?$/i, 7],
  [/^simid(-?1(\.0)?)?$/i, 8],
  [/^simid-?1\.1$/i, 9],
];

/** The number of an `apiFramework`, as `imp.video.api` and `bid.apis` have it; null where it has none. */
export function apiFrameworkNumber(name: string): number | null {
  if (name === '') return null;
  return FRAMEWORKS.find(([pattern]) => pattern.test(name.trim()))?.[1] ?? null;
}

export const isVpaid = (name: string | null | undefined): boolean =>
  [1, 2].includes(apiFrameworkNumber(name ?? '') ?? 0);

export const isSimid = (name: string | null | undefined): boolean =>
  [8, 9].includes(apiFrameworkNumber(name ?? '') ?? 0);
