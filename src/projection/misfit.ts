import { apiFrameworkNumber } from '../openrtb/api-framework.ts';
import type { MediaVerdict } from '../validation/media-verdict.ts';
import { formatOf } from '../vast/media-type.ts';
import type { Profile } from './profile.ts';
import type { MediaFile } from '../vast/creative.ts';

/** Why a device cannot use a file. */
export type Misfit = 'no-url' | 'type' | 'codec' | 'size' | 'bitrate' | 'api' | 'insecure' | 'url-length';

/** Names of codecs that are none of RFC 6381, by what they mean. */
const CODEC_NAMES: Readonly<Record<string, string>> = {
  'h.264': 'avc1',
  h264: 'avc1',
  avc: 'avc1',
  'h.265': 'hvc1',
  h265: 'hvc1',
  hevc: 'hvc1',
  aac: 'mp4a',
  av1: 'av01',
};

/** `avc1.64001f` is avc1, and so is H.264. */
function codecFamily(codec: string): string {
  const [family = ''] = codec
    .trim()
    .toLowerCase()
    .split(/\.(?=[0-9a-f]{2})/);
  const name = codec.trim().toLowerCase();
  return CODEC_NAMES[name] ?? CODEC_NAMES[family] ?? family;
}

const isOver = (value: number | null, most: number | undefined): boolean =>
  value !== null && most !== undefined && value > most;

/**
 * Why a device of this profile cannot use a file; null where it can, as far as is known: what a file does not say is no
 * reason against it. What was found in the file itself counts more than what is said of it.
 */
export function misfitOf(file: MediaFile, profile: Profile, verdict?: MediaVerdict): Misfit | null {
  const { url, width, height, bitrate, apiFramework } = file;
  const { types, codecs, maxWidth, maxHeight, maxBitrate, apis, httpsOnly, maxUrlLength } = profile;
  if (url === '') return 'no-url';
  if (
    apis !== undefined &&
    (apiFramework ?? '').trim() !== '' &&
    !apis.includes(apiFrameworkNumber(apiFramework!) ?? -1)
  )
    return 'api';
  const type = verdict?.type ?? file.type;
  if (types !== undefined && type !== null && !types.some((each) => formatOf(each) === formatOf(type))) return 'type';
  const found = [verdict?.videoCodec, verdict?.audioCodec].filter((each) => each != null);
  const said = found.length > 0 ? found : (file.codec?.split(',') ?? []);
  const allowed = codecs?.map(codecFamily);
  if (allowed !== undefined && said.some((each) => !allowed.includes(codecFamily(each)))) return 'codec';
  if (isOver(verdict?.width ?? width, maxWidth) || isOver(verdict?.height ?? height, maxHeight)) return 'size';
  if (isOver(bitrate, maxBitrate)) return 'bitrate';
  if (httpsOnly === true && !/^https:/i.test(url)) return 'insecure';
  return isOver(url.length, maxUrlLength) ? 'url-length' : null;
}
