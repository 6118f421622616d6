import { z } from 'zod';
import { fewFields, boundedList } from './bounded-list.ts';
import { FEW, MANY, number, numbers, string, ImpSchema, BidSchema, audience } from './openrtb-schema.ts';
import { PROFILE_NAMES } from '../projection/profile.ts';
import { FAILED_STATUSES, FAILURE_ACTIONS } from '../unwrap/on-failure.ts';

// What callers send. The OpenAPI document is made from these same schemas, so it cannot say anything else.

const scalar = z.union([z.string(), z.number()]);

const most = z.number().min(0).exactOptional();

/** What a device can use; what is left out has no limit. */
const ProfileSchema = z.strictObject({
  types: boundedList(z.string(), FEW).exactOptional(),
  codecs: boundedList(z.string(), FEW).exactOptional(),
  maxWidth: most,
  maxHeight: most,
  maxBitrate: most.describe('kbps'),
  apis: numbers,
  httpsOnly: z.boolean().exactOptional(),
  maxUrlLength: most,
  maxTrackersPerEvent: most,
});

export const OptionsSchema = z.object({
  maxWrappers: z.int().min(0).max(64).exactOptional().describe('Wrappers that may be read on the way to an ad.'),
  onTimeout: z
    .enum(['none', 'collapse'])
    .exactOptional()
    .describe('At the deadline: no ad, or a shorter Wrapper that holds all trackers so far.'),
  probe: z.enum(['off', 'background', 'wait']).exactOptional().describe('How media files are looked at.'),
  fireErrors: z.boolean().exactOptional().describe('Fire the error URLs once the answer has been sent.'),
  dedupe: z.enum(['none', 'exact']).exactOptional().describe('`exact` drops tracking URLs that are there already.'),
  errors303: z
    .enum(['chain', 'root'])
    .exactOptional()
    .describe('Whose Error URLs are told of an end without an ad: the whole chain, or the empty document alone.'),
  errors3: z
    .enum(['all', 'first'])
    .exactOptional()
    .describe(
      'Errors in a result of VAST 2.0 or 3.0, whose schemas allow one: `first` writes those of the InLine, and gives the others in errorUrls.',
    ),
  repair: z
    .boolean()
    .exactOptional()
    .describe('Mend documents that are not well-formed; no player could show them as they came.'),
  profile: z
    .union([z.enum(PROFILE_NAMES), ProfileSchema])
    .exactOptional()
    .describe('The device that the result is held against, by name or by what it can use: see docs/ctv.md.'),
  project: z
    .boolean()
    .exactOptional()
    .describe('Write the document for the device of `profile`: what leaves it is listed in `projection`.'),
});

const tmax = z.number().exactOptional().describe('Milliseconds for the whole request; clamped to what is allowed.');

export const UnwrapBodySchema = z
  .object({
    url: string.describe('The ad tag URL, macros unfilled.'),
    adm: string.describe('A VAST document, or a bare ad tag URL.'),
    tmax,
    imp: ImpSchema.exactOptional(),
    bid: BidSchema.exactOptional().describe('The bid that the ad answers.'),
    ...audience,
    macros: z
      .preprocess(fewFields(MANY), z.record(z.string(), z.union([scalar, boundedList(scalar, MANY)])))
      .exactOptional()
      .describe('Values for ad tag macros by name; they win over what the objects say.'),
    context: z.object({ bidder: string, accountId: string, bidId: string, crid: string }).exactOptional(),
    options: OptionsSchema.exactOptional(),
  })
  .refine(({ url, adm }) => (url === undefined) !== (adm === undefined), {
    path: ['url'],
    message: 'give either url or adm',
    // also beside other wrong fields, so that all are named at once
    when: ({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value),
  });

/** What a caller sends to have one tag or document unwrapped. */
export type UnwrapBody = z.infer<typeof UnwrapBodySchema>;

/** The fields that stand in the query where the body is no JSON. */
export const UnwrapQuerySchema = z.object({ tmax, ...OptionsSchema.shape });

/** The query of a request without a body. */
export const UrlQuerySchema = z.object({ url: z.string(), ...UnwrapQuerySchema.shape });

export const BidRequestSchema = z.object({
  id: string,
  imp: boundedList(
    ImpSchema.extend({ banner: z.unknown().exactOptional(), native: z.unknown().exactOptional() }),
    MANY,
  ).exactOptional(),
  tmax: number,
  ...audience,
  ext: z.object({ is_ping: z.union([z.boolean(), z.number()]).exactOptional() }).exactOptional(),
});

export type BidRequestFields = z.infer<typeof BidRequestSchema>;

/** A BidRequest that was pasted beside a bid: what is wrong is named by its place there. */
export const BesideBidSchema = z.object({ request: BidRequestSchema });

/** Bids are looked at one by one, since a bad one must not fail the others. */
const BidResponseSchema = z.object({
  id: string,
  seatbid: boundedList(z.object({ seat: string, bid: z.array(z.unknown()).exactOptional() }), MANY).exactOptional(),
});

const action = z.enum(FAILURE_ACTIONS);

export const BatchOptionsSchema = OptionsSchema.extend({
  tmax,
  elapsedMs: z.number().min(0).exactOptional().describe('What has gone of `request.tmax`, in milliseconds.'),
  onFailure: z
    .union([
      action,
      z.strictObject(Object.fromEntries(FAILED_STATUSES.map((status) => [status, action.exactOptional()]))),
    ])
    .exactOptional()
    .describe(
      'What becomes of a bid that no ad was found for: `keep` leaves it as it came, `collapse` makes it the shorter wrapper that holds what was read so far, `drop` takes it out. One word for `timeout`, `unreachable` and `shed`, or one for each status.',
    ),
});

/** What a caller sends to have all video and audio bids of a response unwrapped. */
export const BidBatchSchema = z.object({
  request: BidRequestSchema,
  response: BidResponseSchema,
  options: BatchOptionsSchema.exactOptional(),
});

/** What a caller sends to have a document looked at. */
export const ValidateBodySchema = z.object({
  adm: z.string().describe('A VAST document.'),
  imp: ImpSchema.exactOptional(),
  bid: BidSchema.exactOptional(),
  bcat: audience.bcat,
  badv: audience.badv,
  device: audience.device,
});

/** What `/v1/warm` takes: entries of lists, and how many of them are begun within a second. */
export const WarmBodySchema = z.object({
  hosts: boundedList(z.string(), MANY).exactOptional(),
  tags: boundedList(z.string(), MANY).exactOptional(),
  media: boundedList(z.string(), MANY).exactOptional(),
  ask: z.boolean().exactOptional(),
  perSecond: z.int().min(1).max(1000).exactOptional(),
});
