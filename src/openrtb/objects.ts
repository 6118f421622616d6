// The parts of OpenRTB 2.5 and 2.6 that this service reads, as they are spelled there. Whatever else an object holds
// is none of our business and is let through.

export type Format = { readonly w?: number; readonly h?: number };

export type Banner = Format & { readonly id?: string; readonly format?: readonly Format[]; readonly vcm?: number };

/** What Video and Audio have in common [OpenRTB 2.6, 3.2.7 and 3.2.8]. Durations in s, bitrates in kbps. */
export type AudioImp = {
  readonly mimes?: readonly string[];
  readonly minduration?: number;
  readonly maxduration?: number;
  readonly rqddurs?: readonly number[];
  readonly poddur?: number;
  readonly maxseq?: number;
  readonly protocols?: readonly number[];
  readonly battr?: readonly number[];
  readonly minbitrate?: number;
  readonly maxbitrate?: number;
  readonly delivery?: readonly number[];
  readonly api?: readonly number[];
  readonly companionad?: readonly Banner[];
  readonly companiontype?: readonly number[];
  readonly startdelay?: number;
  readonly podid?: string;
  /** What no two ads of the pod may have in common [OpenRTB 2.6-202402]. */
  readonly poddedupe?: readonly number[];
};

export type VideoImp = AudioImp & {
  readonly protocol?: number;
  readonly w?: number;
  readonly h?: number;
  readonly linearity?: number;
  readonly placement?: number;
  readonly plcmt?: number;
  readonly pos?: number;
  readonly skip?: 0 | 1;
  readonly skipmin?: number;
  readonly skipafter?: number;
  readonly playbackmethod?: readonly number[];
};

export type Imp = {
  readonly id?: string;
  readonly video?: VideoImp;
  readonly audio?: AudioImp;
  readonly secure?: 0 | 1;
};

export type Device = {
  readonly ua?: string;
  readonly ip?: string;
  readonly ipv6?: string;
  readonly language?: string;
  readonly ifa?: string;
  readonly lmt?: 0 | 1;
  readonly dnt?: 0 | 1;
  readonly devicetype?: number;
  readonly os?: string;
  readonly geo?: { readonly lat?: number; readonly lon?: number };
  readonly ext?: { readonly ifa_type?: string };
};

export type Regs = {
  readonly coppa?: 0 | 1;
  readonly gdpr?: 0 | 1;
  readonly us_privacy?: string;
  readonly gpp?: string;
  readonly gpp_sid?: readonly number[];
  readonly ext?: { readonly gdpr?: 0 | 1; readonly us_privacy?: string; readonly dsa?: Dsa };
};

export type Dsa = {
  readonly dsarequired?: number;
  readonly pubrender?: number;
  readonly datatopub?: number;
  readonly transparency?: readonly { readonly domain?: string; readonly dsaparams?: readonly number[] }[];
};

export type User = {
  readonly id?: string;
  readonly consent?: string;
  readonly ext?: { readonly consent?: string };
};

export type Content = {
  readonly id?: string;
  readonly url?: string;
  readonly cat?: readonly string[];
};

/** The account that an imp belongs to. */
export type Publisher = { readonly id?: string };

export type Site = {
  readonly domain?: string;
  readonly page?: string;
  readonly ref?: string;
  readonly publisher?: Publisher;
  readonly content?: Content;
};

export type App = {
  readonly bundle?: string;
  readonly domain?: string;
  readonly storeurl?: string;
  readonly publisher?: Publisher;
  readonly content?: Content;
};

export type Source = {
  readonly tid?: string;
  readonly ext?: { readonly omidpn?: string; readonly omidpv?: string };
};

/** The bid that an ad answers, where the caller told of it [OpenRTB 2.6, 4.2.3]. */
export type Bid = {
  readonly id?: string;
  readonly impid?: string;
  readonly crid?: string;
  readonly dur?: number;
  readonly mtype?: number;
  readonly protocol?: number;
  readonly w?: number;
  readonly h?: number;
  readonly apis?: readonly number[];
  readonly cat?: readonly string[];
  /** Whose ids `cat` has; 1 where nothing is said [AdCOM 1.0, List: Category Taxonomies]. */
  readonly cattax?: number;
  readonly adomain?: readonly string[];
  /** Creative attributes [AdCOM 1.0, List: Creative Attributes]. */
  readonly attr?: readonly number[];
};
