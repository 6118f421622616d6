/** What a device can use. What is left out has no limit. */
export type Profile = {
  /** Media types, under any of their names. */
  readonly types?: readonly string[];
  /** Codecs as RFC 6381 has them, their first part alone: `avc1`, `mp4a`. */
  readonly codecs?: readonly string[];
  /** Pixels */
  readonly maxWidth?: number;
  readonly maxHeight?: number;
  /** kbps */
  readonly maxBitrate?: number;
  /** API frameworks that it runs [AdCOM 1.0, List: API Frameworks]. */
  readonly apis?: readonly number[];
  readonly httpsOnly?: boolean;
  /** Characters of a URL that it can call. */
  readonly maxUrlLength?: number;
  readonly maxTrackersPerEvent?: number;
};

export const PROFILE_NAMES = ['ctv', 'web', 'app'] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];

const HLS = 'application/vnd.apple.mpegurl';
const DASH = 'application/dash+xml';
const STILLS = ['image/jpeg', 'image/png'];
const AVC = ['avc1', 'avc3'];
const HEVC = ['hvc1', 'hev1'];
/** What URLs may be long before devices and what stands between cut them off. */
const LONG_URL = 2048;
const [OMID, SIMID_1_0, SIMID_1_1] = [7, 8, 9];

/** Devices by name: what most of their kind can use. Whoever knows better sends an object. */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  ctv: {
    types: ['video/mp4', HLS, DASH, ...STILLS],
    codecs: [...AVC, ...HEVC, 'mp4a', 'ac-3', 'ec-3'],
    maxWidth: 3840,
    maxHeight: 2160,
    maxBitrate: 25_000,
    apis: [OMID],
    httpsOnly: true,
    maxUrlLength: LONG_URL,
    maxTrackersPerEvent: 10,
  },
  web: {
    types: ['video/mp4', 'video/webm', HLS, DASH, 'audio/mpeg', 'audio/mp4', ...STILLS, 'image/webp', 'image/gif'],
    codecs: [...AVC, 'vp8', 'vp9', 'vp09', 'av01', 'mp4a', 'opus', 'vorbis', 'mp3'],
    maxWidth: 3840,
    maxHeight: 2160,
    maxBitrate: 15_000,
    apis: [OMID, SIMID_1_0, SIMID_1_1],
    httpsOnly: true,
    maxUrlLength: 8192,
    maxTrackersPerEvent: 30,
  },
  app: {
    types: ['video/mp4', 'video/3gpp', 'video/webm', HLS, 'audio/mpeg', 'audio/mp4', ...STILLS, 'image/webp'],
    codecs: [...AVC, ...HEVC, 'vp8', 'vp9', 'vp09', 'mp4a', 'opus', 'mp3'],
    maxWidth: 1920,
    maxHeight: 1920,
    maxBitrate: 8000,
    apis: [OMID],
    httpsOnly: true,
    maxUrlLength: LONG_URL,
    maxTrackersPerEvent: 20,
  },
};

/** The profile of a device by its name, or as it was given. */
export function profileOf(asked: ProfileName | Profile): Profile {
  return typeof asked === 'string' ? PROFILES[asked] : asked;
}
