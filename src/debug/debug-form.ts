/** The fields of the form on the debug page, as they were typed. */
export const FIELDS = [
  'tag',
  'bid',
  'ua',
  'ip',
  'gdpr',
  'consent',
  'preset',
  'imp',
  'tmax',
  'maxWrappers',
  'onTimeout',
  'probe',
  'profile',
  'macros',
  'repair',
  'fresh',
] as const;

export type DebugForm = Readonly<Record<(typeof FIELDS)[number], string>>;

/** Something to hold an ad against. */
export type Preset = {
  /** What it is called where it is chosen. */
  readonly name: string;
  /** What it is called beside a verdict; null where the ad is held against nothing. */
  readonly player: string | null;
  /** An `imp` of OpenRTB 2.6 as auctions usually have it; null where it comes from elsewhere, or there is none. */
  readonly imp: object | null;
};

const PROTOCOLS = [2, 3, 5, 6, 7, 8, 11, 12, 13, 14];

const WEB = {
  secure: 1,
  video: {
    mimes: ['video/mp4', 'video/webm'],
    minduration: 5,
    maxduration: 30,
    protocols: PROTOCOLS,
    w: 1280,
    h: 720,
    linearity: 1,
    plcmt: 1,
    api: [7],
  },
};
const TV = {
  secure: 1,
  video: {
    mimes: ['video/mp4'],
    minduration: 6,
    maxduration: 60,
    protocols: PROTOCOLS,
    w: 1920,
    h: 1080,
    linearity: 1,
    plcmt: 1,
    minbitrate: 2000,
  },
};
const AUDIO = {
  secure: 1,
  audio: {
    mimes: ['audio/mp4', 'audio/mpeg', 'audio/ogg'],
    minduration: 5,
    maxduration: 60,
    protocols: [2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14],
  },
};

/** What an ad is held against where nobody says otherwise: a player that most people have in mind. */
export const DEFAULT_PRESET = 'auto';

export const PRESETS: Readonly<Record<string, Preset>> = {
  auto: {
    name: 'the imp pasted with it, else in-stream web video',
    player: 'an in-stream web player, the default',
    imp: WEB,
  },
  instream: { name: 'in-stream web video', player: 'an in-stream web player', imp: WEB },
  ctv: { name: 'connected TV', player: 'a connected TV', imp: TV },
  audio: { name: 'audio', player: 'an audio player', imp: AUDIO },
  own: { name: 'my own, below', player: 'an imp of your own', imp: null },
  none: { name: 'none: only unwrap', player: null, imp: null },
};

/** The form as it is shown at first. */
export function emptyForm(tmaxMs: number, maxWrappers: number, repair = false): DebugForm {
  return {
    tag: '',
    bid: '',
    ua: '',
    ip: '',
    gdpr: '',
    consent: '',
    preset: DEFAULT_PRESET,
    imp: '',
    tmax: String(tmaxMs),
    maxWrappers: String(maxWrappers),
    onTimeout: 'none',
    probe: 'off',
    profile: '',
    macros: '',
    repair: repair ? 'on' : '',
    fresh: '',
  };
}
