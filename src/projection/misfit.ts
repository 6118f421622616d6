import { apiFrameworkNumber } from '../openrtb/api-framework.ts';
import type { MediaVerdict } from '../validation/media-verdict.ts';
import { formatOf } from '../vast/media-type.ts';
import type { Profile } from './profile.ts';
import type { MediaFile } from '../vast/creative.ts';

/** Why a device cannot use a file. */
export type Misfit = 'no-url' | 'type' | 'codec' | 'size' | 'bitrate' | 'api' | 'insecure' | 'url-length';

/** Names of codecs that are none of RFC 6381, by what they mean. */
const CODEC_NAMES: ReadonlyMap<string, string> = new Map([
  ['h.264', 'avc1'],
  ['h264', 'avc1'],
  ['avc', 'avc1'],
  ['h.265', 'hvc1'],
  ['h265', 'hvc1'],
  ['hevc', 'hvc1'],
  ['aac', 'mp4a'],
  ['av1', 'av01'],
]);

/** `avc1.64001f` is avc1, and so is H.264. */
function codecFamily(codec: string): string {
  const [family = ''] = codec
    .trim()
    .toLowerCase()
    .split(/\.(?=[0-9a-f]{2})/);
  const name = codec.trim().toLowerCase();
  return CODEC_NAMES.get(name) ?? CODEC_NAMES.get(family) ?? family;
}

type Lists = { readonly formats: ReadonlySet<string> | null; readonly families: ReadonlySet<string> | null };

const listsByProfile = new WeakMap<Profile, Lists>();

/** What a profile lists, in the spelling in which it is compared: it is worked out once, and not for each file. */
function listsOf(profile: Profile): Lists {
  const known = listsByProfile.get(profile);
  if (known !== undefined) return known;
  const { types, codecs } = profile;
  const lists = {
    formats: types === undefined ? null : new Set(types.map(formatOf)),
    families: codecs === undefined ? null : new Set(codecs.map(codecFamily)),
  };
  listsByProfile.set(profile, lists);
  return lists;
}

const isOver = (value: number | null, most: number | undefined): boolean =>
  value !== null && most !== undefined && value > most;

/** What was found in a file, else what is said of it. */
function codecsOf({ codec }: MediaFile, verdict: MediaVerdict | undefined): readonly string[] {
  const found = [verdict?.videoCodec, verdict?.audioCodec].filter((each) => each != null);
  return found.length > 0 ? found : [...new Set(codec?.split(','))];
}

/**
 * Why a device of this profile cannot use a file; null where it can, as far as is known: what a file does not say is no
 * reason against it. What was found in the file itself counts more than what is said of it.
 */
export function misfitOf(file: MediaFile, profile: Profile, verdict?: MediaVerdict): Misfit | null {
  const { url, width, height, bitrate, apiFramework } = file;
  const { maxWidth, maxHeight, maxBitrate, apis, httpsOnly, maxUrlLength } = profile;
  const { formats, families } = listsOf(profile);
  if (url === '') return 'no-url';
  if (
    apis !== undefined &&
    (apiFramework ?? '').trim() !== '' &&
    !apis.includes(apiFrameworkNumber(apiFramework!) ?? -1)
  )
    return 'api';
  const type = verdict?.type ?? file.type;
  if (formats !== null && type !== null && !formats.has(formatOf(type))) return 'type';
  if (families !== null && codecsOf(file, verdict).some((each) => !families.has(codecFamily(each)))) return 'codec';
  if (isOver(verdict?.width ?? width, maxWidth) || isOver(verdict?.height ?? height, maxHeight)) return 'size';
  if (isOver(bitrate, maxBitrate)) return 'bitrate';
  if (httpsOnly === true && !/^https:/i.test(url)) return 'insecure';
  return isOver(url.length, maxUrlLength) ? 'url-length' : null;
}
