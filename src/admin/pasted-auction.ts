import { DEFAULT_PRESET, type DebugForm, PRESETS } from '../debug/debug-form.ts';
import { isNestedOver } from '../http/json-bounds.ts';
import { readJsonBody, tooMuch } from '../http/json-body.ts';
import { type BidRequestFields, BesideBidSchema } from '../http/schema.ts';
import { checked } from '../http/unwrap-request.ts';

/** What a BidRequest that was pasted beside a bid says of the auction. */
export type PastedAuction = {
  /** The imp that the bid is for; null where that cannot be told. */
  readonly imp: { readonly id?: string } | null;
  /** ms for the whole auction; null where nothing is said. */
  readonly tmax: number | null;
  /** The objects that say who sees the ad and where: device, regs, user and the like. */
  readonly around: Omit<BidRequestFields, 'id' | 'imp' | 'tmax' | 'ext'>;
};

/**
 * Reads a BidRequest as it would have come over the wire.
 * @throws RequestError 400 with every wrong field
 */
export function readPastedAuction(pasted: object, bid: object | null): PastedAuction {
  const { request } = checked(BesideBidSchema, overTheWire({ request: pasted }));
  const { id: _id, ext: _ext, imp: imps = [], tmax = null, ...around } = request;
  const { impid } = (bid ?? {}) as { readonly impid?: unknown };
  const named = imps.find(({ id }) => id !== undefined && id === impid);
  return { imp: named ?? (imps.length === 1 ? imps[0]! : null), tmax, around };
}

/**
 * What was taken from a BidRequest and what the form put in its place, in sentences: by name, since values may be those
 * of a person.
 * @param auctionMs what its tmax leaves for unwrapping, in ms
 */
export function tellPastedAuction({ imp, tmax, around }: PastedAuction, form: DebugForm, auctionMs: number): string {
  const isOwnImp = form.preset !== DEFAULT_PRESET;
  const taken = [...(imp === null || isOwnImp ? [] : [`imp “${imp.id ?? ''}”`]), ...Object.keys(around)];
  const filled: readonly (readonly [string, boolean])[] = [
    ['imp', isOwnImp],
    ['user agent', form.ua !== ''],
    ['IP address', form.ip !== ''],
    ['GDPR', form.gdpr !== ''],
    ['consent', form.consent !== ''],
  ];
  const winning = filled.filter(([, isFilled]) => isFilled).map(([name]) => name);
  const sentences = [
    taken.length === 0 ? 'Nothing was taken from the BidRequest.' : `Taken from the BidRequest: ${taken.join(', ')}.`,
    winning.length > 0 && `The form has its own and wins: ${winning.join(', ')}.`,
    imp === null &&
      !isOwnImp &&
      `It has no imp for this bid: the ad was held against ${PRESETS[DEFAULT_PRESET]!.player}.`,
    tmax !== null && `Its tmax of ${tmax} ms leaves ${auctionMs} ms for unwrapping: the verdict goes by that.`,
  ];
  return sentences.filter((each) => each !== false).join(' ');
}

/**
 * A value as it would have come over the wire: null counts as absent.
 * @throws RequestError 400 where it is nested too deep
 */
export function overTheWire(value: unknown): unknown {
  if (isNestedOver(value)) throw tooMuch({ place: [], over: 'levels' });
  return readJsonBody(Buffer.from(JSON.stringify(value))).value;
}
