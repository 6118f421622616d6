import { z } from 'zod';
import { KEY_SCHEMES } from '../creative/creative-key.ts';
import { STATUSES } from '../chain/status.ts';
import { SKIP_REASONS } from '../projection/ad-verdict.ts';
import { AD_FORMATS } from '../vast/portfolio.ts';
import { PROBLEMS, type ProblemCode } from './problem.ts';

// What callers get. The OpenAPI document and the types of the answers are made from these.

const text = z.string().nullable();
const number = z.number().nullable();
const boolean = z.boolean().nullable();
const ms = z.number().describe('Milliseconds.');

const PricingSchema = z.object({ model: text, currency: text, value: z.string() }).nullable();

export const HopSchema = z.object({
  index: z.int().describe('The depth: 0 for the first document.'),
  kind: z.enum(['wrapper', 'inline', 'empty', 'failed']),
  url: z.string().exactOptional().describe('Values of the query redacted; absent for a given document.'),
  host: text,
  httpStatus: number,
  cache: z.enum(['given', 'miss', 'hit', 'coalesced', 'shared']),
  startMs: ms,
  ms,
  ownDelayMs: ms.describe('Milliseconds that the event loop of the service was late within the hop.'),
  phases: z
    .object({ dns: number, tcp: number, tls: number, ttfb: number, download: number })
    .nullable()
    .describe('Milliseconds, redirects included; null where nothing was sent.'),
  reused: z.boolean().describe('Was a kept connection used?'),
  certificate: z.literal(true).exactOptional().describe('A certificate of the service was at hand, by `EGRESS_RULES`.'),
  bytes: z.int(),
  version: text,
  adSystem: text,
  pricing: PricingSchema,
  redirects: z.int(),
  slot: number.describe('The pod slot, from 0.'),
  error: text.describe('Why the hop failed, a stable word.'),
  message: text.describe('What was wrong, for people.'),
});

export const AdSchema = z.object({
  id: text,
  adSystem: text,
  adTitle: text,
  advertiser: text,
  adServingId: text,
  sequence: number,
  adType: z.string(),
  format: z.enum(AD_FORMATS).describe('What the ad is to a viewer, by its AdCOM signals or by what it is made of.'),
  signals: z
    .object({ plcmt: number, pos: number, playbackmethod: number, attr: z.array(z.int()) })
    .nullable()
    .describe('What the markup says of the ad in numbers of AdCOM; null where it says nothing.'),
  durationSec: number,
  universalAdIds: z.array(z.object({ idRegistry: text, value: z.string() })),
  pricing: PricingSchema,
  expires: number,
  categories: z.array(z.string()),
  mediaFiles: z.array(
    z.object({
      url: z.string(),
      type: text,
      delivery: text,
      width: number,
      height: number,
      bitrate: number,
      codec: text,
      apiFramework: text,
    }),
  ),
  verifications: z.array(z.string()).describe('Vendors of the ad verifications.'),
  creativeKey: z
    .object({ scheme: z.enum(KEY_SCHEMES), value: z.string() })
    .nullable()
    .describe('Who the creative is, whichever ad server it came from; null where nothing says so.'),
});

export const TrackerSchema = z.object({
  event: z.string(),
  offset: text,
  url: z.string(),
  hop: z.int(),
  line: number,
  path: text,
});

export const FindingSchema = z.object({
  rule: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  vastError: number,
  lossReason: number,
  hop: number,
  path: text,
  line: number,
  message: z.string(),
  spec: text,
});

export const MediaSchema = z.object({
  url: z.string(),
  outcome: z
    .enum(['read', 'late', 'unreachable', 'unreadable', 'unknown'])
    .describe(
      '`late` did not answer in time, `unreachable` gave no usable reply, `unreadable` is no media that is known; `unknown` is what the service could not look at: it rejects nothing.',
    ),
  message: text.describe('What was wrong, for people.'),
  httpStatus: number,
  contentType: text.describe('The Content-Type header.'),
  type: text.describe('The type that the bytes are of.'),
  size: number.describe('Bytes of the whole file.'),
  contentHash: text.describe('SHA-256 of the first bytes, in hex.'),
  ranges: boolean.describe('Does the server answer range requests?'),
  fastStart: boolean.describe('Does the index of the file stand before the media?'),
  durationSec: number,
  width: number,
  height: number,
  bitrate: number.describe('kbps, on average.'),
  frameRate: number,
  videoCodec: text.describe('As in RFC 6381.'),
  audioCodec: text,
  hasVideo: boolean,
  hasAudio: boolean,
  renditions: z
    .array(z.object({ width: number, height: number, bitrate: number, codecs: text }))
    .nullable()
    .describe('Of an HLS or DASH manifest.'),
});

const NamedTrackerSchema = z.object({ event: z.string(), url: z.string(), hop: z.int() });
const counts = z.record(z.string(), z.int());
const skipReason = z.enum(SKIP_REASONS).nullable();

export const ProjectionSchema = z.object({
  usable: z.boolean().describe('Can the device use any of the ads?'),
  skipReason: skipReason.describe('Why not, of the first ad.'),
  ads: z.array(
    z.object({
      usable: z.boolean(),
      skipReason,
      files: z.array(z.object({ url: z.string(), misfit: text.describe('Why the device cannot use it.') })),
    }),
  ),
  removed: z
    .array(
      z.object({
        kind: z.enum(['media-file', 'interactive-file', 'tracker']),
        reason: z.string(),
        event: text,
        url: z.string(),
        hop: z.int(),
      }),
    )
    .describe('What left the document, with the hop that it came from; nothing without `project`.'),
  trackers: z.object({
    total: z.int(),
    byHop: z.array(z.object({ hop: z.int(), total: z.int(), byEvent: counts, byVendor: counts })),
    byEvent: counts,
    duplicates: z.int().describe('Trackers that stand there a second time for the same event.'),
    repeated: z.array(NamedTrackerSchema).describe('Which they are.'),
    tooLong: z.array(NamedTrackerSchema.extend({ length: z.int() })),
    overLimit: z.array(z.object({ event: z.string(), count: z.int() })),
  }),
});

const warnings = z
  .array(z.string())
  .exactOptional()
  .describe('What of the request was not understood, where that is anything.');

/** The answer to `/v1/validate`. */
export const ValidateReportSchema = z.object({ findings: z.array(FindingSchema), warnings });

export const UnwrapReportSchema = z.object({
  status: z.enum(STATUSES),
  vastError: number,
  reason: text,
  adm: text.describe('The document to play.'),
  wrappers: z.int(),
  deadline: z.object({ tmax: ms, elapsedMs: ms }),
  hops: z.array(HopSchema).describe('In the order in which they began.'),
  ads: z.array(AdSchema),
  trackers: z.array(TrackerSchema).exactOptional().describe('Only with `include=trackers`.'),
  media: z.array(MediaSchema).exactOptional().describe('What the media files really are, where any is known.'),
  findings: z.array(FindingSchema),
  errorUrls: z
    .array(z.string())
    .describe('Ready to fire, [ERRORCODE] filled in; with errors3=first also the Errors that were not written.'),
  bid: z
    .object({
      mtype: z.int(),
      dur: number,
      w: number,
      h: number,
      protocol: number,
      apis: z.array(z.int()),
      cat: z.array(z.string()),
    })
    .nullable(),
  projection: ProjectionSchema.exactOptional().describe('What a device can use, where `options.profile` names one.'),
  warnings,
  traceId: text,
});

const verdict = { usable: z.boolean(), skipReason };

/** The answer to `/v1/unwrap?format=assetlist` [draft-pantos-hls-rfc8216bis, Appendix D.2; SVTA2053-1]. */
export const AssetListSchema = z.object({
  ASSETS: z.array(
    z.object({
      URI: z.string(),
      DURATION: z.number().describe('Seconds.'),
      'X-AD-CREATIVE-SIGNALING': z.object({
        version: z.literal(2),
        type: z.literal('slot'),
        payload: z.array(
          z.object({
            type: z.literal('linear'),
            start: z.number(),
            duration: z.number(),
            identifiers: z.array(z.object({ scheme: z.string(), value: z.string() })),
            tracking: z.array(
              z.object({ type: z.string(), offset: z.number().exactOptional(), urls: z.array(z.string()) }),
            ),
            verifications: z
              .array(z.object({ vendor: z.string(), resource: z.string(), parameters: z.string().exactOptional() }))
              .exactOptional(),
            skipOffset: z.number().exactOptional(),
            clickThrough: z.string().exactOptional(),
          }),
        ),
      }),
    }),
  ),
  'X-VAST-UNWRAP': z.object({
    status: z.enum(STATUSES),
    vastError: number,
    reason: text,
    ads: z.array(
      z.object({
        id: text,
        asset: number.describe('Its place in ASSETS; null where it was skipped.'),
        ...verdict,
        verdicts: z.record(z.string(), z.object(verdict)).describe('The same for each device that has a name.'),
        untold: counts.describe('Trackers that the list has no place for, by event.'),
      }),
    ),
  }),
});

/** The answer to `/v1/vmap`. */
export const VmapReportSchema = z.object({
  version: text.describe('Of the VMAP document; null where it says none, or none came.'),
  breaks: z.array(
    z.object({
      timeOffset: text.describe('As written: a time, a percentage, start, end or #n.'),
      breakType: text,
      breakId: text,
      sourceId: text,
      result: UnwrapReportSchema.nullable().describe('Null for a break without an ad that could be unwrapped.'),
    }),
  ),
  findings: z.array(FindingSchema).describe('About the list of breaks; what is about an ad stands in its result.'),
  warnings,
});

export type VmapReport = z.infer<typeof VmapReportSchema>;

/** What became of one unwrap, as JSON callers and users of the library get it. */
export type UnwrapReport = z.infer<typeof UnwrapReportSchema>;
export type HopAnswer = z.infer<typeof HopSchema>;
export type TrackerAnswer = z.infer<typeof TrackerSchema>;

export const ProblemSchema = z.object({
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(PROBLEMS) as [ProblemCode]),
  detail: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).exactOptional(),
  traceId: z.string().exactOptional(),
});
