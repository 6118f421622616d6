import type { MediaVerdict, Rendition } from '../validation/media-verdict.ts';

/** What a verdict of another replica may weigh, in bytes; one of 100 renditions weighs a fifth of it. */
const MAX_BYTES = 65_536;
const MAX_RENDITIONS = 500;

type Check = (value: unknown) => boolean;

const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const isAmount: Check = (value) => Number.isFinite(value) && (value as number) >= 0;

const OUTCOMES: readonly unknown[] = [
  'read',
  'late',
  'unreachable',
  'unreadable',
  'unknown',
] satisfies readonly MediaVerdict['outcome'][];

const RENDITION: Readonly<Record<keyof Rendition, Check>> = {
  width: orNull(isAmount),
  height: orNull(isAmount),
  bitrate: orNull(isAmount),
  codecs: orNull(isText),
};

const VERDICT: Readonly<Record<keyof MediaVerdict, Check>> = {
  url: isText,
  outcome: (value) => OUTCOMES.includes(value),
  message: orNull(isText),
  httpStatus: orNull(isAmount),
  contentType: orNull(isText),
  type: orNull(isText),
  size: orNull(isAmount),
  contentHash: orNull((value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)),
  ranges: orNull(isFlag),
  fastStart: orNull(isFlag),
  durationSec: orNull(isAmount),
  width: orNull(isAmount),
  height: orNull(isAmount),
  bitrate: orNull(isAmount),
  frameRate: orNull(isAmount),
  videoCodec: orNull(isText),
  audioCodec: orNull(isText),
  hasVideo: orNull(isFlag),
  hasAudio: orNull(isFlag),
  renditions: orNull(
    (value) =>
      Array.isArray(value) && value.length <= MAX_RENDITIONS && value.every((each) => pick(each, RENDITION) !== null),
  ),
};

/**
 * The verdict on a file that bytes hold, which may be anybody's: null unless every field is there and of its kind. What
 * stands beside the fields is left behind.
 */
export function readVerdict(bytes: Buffer, url: string): MediaVerdict | null {
  if (bytes.length > MAX_BYTES) return null;
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
  const verdict = pick(value, VERDICT) as MediaVerdict | null;
  if (verdict?.url !== url) return null;
  const renditions = verdict.renditions?.map((each) => pick(each, RENDITION) as Rendition) ?? null;
  return { ...verdict, renditions };
}

/** The fields of a table alone; null where one is missing or of another kind. */
function pick(value: unknown, checks: Readonly<Record<string, Check>>): object | null {
  if (typeof value !== 'object' || value === null) return null;
  const names = Object.keys(checks);
  const isWhole = names.every(
    (name) => Object.hasOwn(value, name) && checks[name]!((value as Record<string, unknown>)[name]),
  );
  return isWhole ? Object.fromEntries(names.map((name) => [name, (value as Record<string, unknown>)[name]])) : null;
}
