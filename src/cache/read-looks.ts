import { type CreativeLook, LOOK_LIMITS } from '../creative/creative-look.ts';

/** What a creative looked like when it was first seen, by where it came from. */
export type Looks = Readonly<Record<string, CreativeLook>>;

/** Places that are remembered of a creative. */
export const MAX_PLACES = 4;
/** What the looks of a creative may weigh, in bytes: more than they can where every part is as long as may be. */
const MAX_BYTES = 32_768;

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string' && value.length <= LOOK_LIMITS.characters + 60;
const isTextOrNull: Check = (value) => value === null || isText(value);

const LOOK: Readonly<Record<keyof CreativeLook, Check>> = {
  id: isTextOrNull,
  media: (value) => Array.isArray(value) && value.length <= LOOK_LIMITS.media && value.every(isText),
  durationSec: (value) => value === null || (Number.isFinite(value) && (value as number) >= 0),
  advertiser: isTextOrNull,
  landing: isTextOrNull,
};

/** The looks that bytes of a shared cache hold, which may be anybody's: null unless all is there and of its kind. */
export function readLooks(bytes: Buffer): Looks | null {
  if (bytes.length > MAX_BYTES) return null;
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const entries = Object.entries(value);
  if (entries.length > MAX_PLACES || !entries.every(([place, look]) => isText(place) && isLook(look))) return null;
  return Object.fromEntries(entries.map(([place, look]) => [place, onlyLook(look as CreativeLook)]));
}

function isLook(value: unknown): value is CreativeLook {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(LOOK).every(
    ([name, check]) => Object.hasOwn(value, name) && check((value as Record<string, unknown>)[name]),
  );
}

/** What stands beside the fields is left behind. */
function onlyLook({ id, media, durationSec, advertiser, landing }: CreativeLook): CreativeLook {
  return { id, media: [...media], durationSec, advertiser, landing };
}
