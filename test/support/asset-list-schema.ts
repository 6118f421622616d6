import { z } from 'zod';

// An asset list as its specifications have it, written without a look at src/: what a player of HLS must find
// [draft-pantos-hls-rfc8216bis, Appendix D.2] and what SVTA2053-1 puts beside it, version 2 of its payload.

const seconds = z.number().nonnegative();
const absoluteUrl = z.string().regex(/^https?:\/\//);

const trackingEvent = z.strictObject({
  type: z.string().min(1),
  /** Seconds from the beginning of the slot; without it the event happens when its type says. */
  offset: seconds.optional(),
  urls: z.array(z.string().min(1)).min(1),
});

const verification = z.strictObject({ vendor: z.string(), resource: absoluteUrl, parameters: z.string().optional() });

const slot = z.strictObject({
  type: z.literal('linear'),
  start: seconds,
  duration: z.number().positive(),
  identifiers: z.array(z.strictObject({ scheme: z.string().min(1), value: z.string().min(1) })).min(1),
  tracking: z.array(trackingEvent).optional(),
  verifications: z.array(verification).optional(),
  skipOffset: seconds.optional(),
  clickThrough: z.string().min(1).optional(),
});

const envelope = z.strictObject({ version: z.literal(2), type: z.literal('slot'), payload: z.array(slot).min(1) });

/** Names of one's own begin with X-. */
const isOwn = (name: string): boolean => /^X-[A-Z0-9-]+$/.test(name);
const ownBeside = (known: readonly string[]) => (value: object) =>
  Object.keys(value).every((name) => known.includes(name) || isOwn(name));

export const assetListSchema = z
  .looseObject({
    ASSETS: z.array(
      z
        .looseObject({ URI: absoluteUrl, DURATION: z.number().positive(), 'X-AD-CREATIVE-SIGNALING': envelope })
        .refine(ownBeside(['URI', 'DURATION'])),
    ),
  })
  .refine(ownBeside(['ASSETS']));
