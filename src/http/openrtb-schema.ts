import { z } from 'zod';
import { boundedList } from './bounded-list.ts';

// The objects of OpenRTB 2.6 that are read of a request, by their names there; what they hold besides is ignored.

/** Entries of a list that no requests of the world come near to. */
export const FEW = 256;
export const MANY = 1000;
/** Block lists of publishers hold thousands of domains. */
const BLOCKED = 20_000;

const flag = z.literal([0, 1]);
export const number = z.number().exactOptional();
export const numbers = boundedList(z.number(), FEW).exactOptional();
export const string = z.string().exactOptional();
const strings = boundedList(z.string(), MANY).exactOptional();
const optionalFlag = flag.exactOptional();

const Banner = z.object({
  id: string,
  w: number,
  h: number,
  vcm: number,
  format: boundedList(z.object({ w: number, h: number }), FEW).exactOptional(),
});

const audioFields = {
  mimes: strings,
  minduration: number,
  maxduration: number,
  rqddurs: numbers,
  poddur: number,
  maxseq: number,
  protocols: numbers,
  battr: numbers,
  minbitrate: number,
  maxbitrate: number,
  delivery: numbers,
  api: numbers,
  companionad: boundedList(Banner, FEW).exactOptional(),
  companiontype: numbers,
  startdelay: number,
  podid: string,
  poddedupe: numbers,
};

const videoFields = {
  ...audioFields,
  protocol: number,
  w: number,
  h: number,
  linearity: number,
  placement: number,
  plcmt: number,
  pos: number,
  skip: optionalFlag,
  skipmin: number,
  skipafter: number,
  playbackmethod: numbers,
};

export const ImpSchema = z.object({
  id: string,
  video: z.object(videoFields).exactOptional(),
  audio: z.object(audioFields).exactOptional(),
  secure: optionalFlag,
});

export const BidSchema = z.object({
  id: string,
  impid: string,
  crid: string,
  dur: number,
  mtype: number,
  protocol: number,
  w: number,
  h: number,
  apis: numbers,
  cat: strings,
  cattax: number,
  adomain: strings,
  attr: numbers,
});

const PublisherSchema = z.object({ id: string });

const ContentSchema = z.object({ id: string, url: string, cat: strings });

/** The objects of a BidRequest that describe who will see the ad. */
export const audience = {
  device: z
    .object({
      ua: string,
      ip: string,
      ipv6: string,
      language: string,
      ifa: string,
      lmt: optionalFlag,
      dnt: optionalFlag,
      devicetype: number,
      os: string,
      geo: z.object({ lat: number, lon: number }).exactOptional(),
      ext: z.object({ ifa_type: string }).exactOptional(),
    })
    .exactOptional(),
  regs: z
    .object({
      coppa: optionalFlag,
      gdpr: optionalFlag,
      us_privacy: string,
      gpp: string,
      gpp_sid: numbers,
      ext: z
        .object({
          gdpr: optionalFlag,
          us_privacy: string,
          dsa: z
            .object({
              dsarequired: number,
              pubrender: number,
              datatopub: number,
              transparency: boundedList(z.object({ domain: string, dsaparams: numbers }), FEW).exactOptional(),
            })
            .exactOptional(),
        })
        .exactOptional(),
    })
    .exactOptional(),
  user: z.object({ id: string, consent: string, ext: z.object({ consent: string }).exactOptional() }).exactOptional(),
  site: z
    .object({
      domain: string,
      page: string,
      ref: string,
      publisher: PublisherSchema.exactOptional(),
      content: ContentSchema.exactOptional(),
    })
    .exactOptional(),
  app: z
    .object({
      bundle: string,
      domain: string,
      storeurl: string,
      publisher: PublisherSchema.exactOptional(),
      content: ContentSchema.exactOptional(),
    })
    .exactOptional(),
  source: z.object({ tid: string, ext: z.object({ omidpn: string, omidpv: string }).exactOptional() }).exactOptional(),
  bcat: boundedList(z.string(), BLOCKED).exactOptional().describe('Categories that the auction blocks.'),
  badv: boundedList(z.string(), BLOCKED).exactOptional().describe('Advertiser domains that the auction blocks.'),
};
