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
] as const;

export type DebugForm = Readonly<Record<(typeof FIELDS)[number], string>>;

/** An `imp` of OpenRTB 2.6 as auctions usually have it. */
export const PRESETS: Readonly<Record<string, { readonly name: string; readonly imp: object | null }>> = {
  none: { name: 'none: only unwrap', imp: null },
  instream: {
    name: 'in-stream web video',
    imp: {
      secure: 1,
      video: {
        mimes: ['video/mp4', 'video/webm'],
        minduration: 5,
        maxduration: 30,
        protocols: [2, 3, 5, 6, 7, 8, 11, 12, 13, 14],
        w: 1280,
        h: 720,
        linearity: 1,
        plcmt: 1,
        api: [7],
      },
    },
  },
  ctv: {
    name: 'connected TV',
    imp: {
      secure: 1,
      video: {
        mimes: ['video/mp4'],
        minduration: 6,
        maxduration: 60,
        protocols: [2, 3, 5, 6, 7, 8, 11, 12, 13, 14],
        w: 1920,
        h: 1080,
        linearity: 1,
        plcmt: 1,
        minbitrate: 2000,
      },
    },
  },
  audio: {
    name: 'audio',
    imp: {
      secure: 1,
      audio: {
        mimes: ['audio/mp4', 'audio/mpeg', 'audio/ogg'],
        minduration: 5,
        maxduration: 60,
        protocols: [2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14],
      },
    },
  },
  own: { name: 'my own, below', imp: null },
};

/** The form as it is shown at first. */
export function emptyForm(tmaxMs: number, maxWrappers: number): DebugForm {
  return {
    tag: '',
    bid: '',
    ua: '',
    ip: '',
    gdpr: '',
    consent: '',
    preset: 'none',
    imp: '',
    tmax: String(tmaxMs),
    maxWrappers: String(maxWrappers),
    onTimeout: 'none',
    probe: 'off',
  };
}
