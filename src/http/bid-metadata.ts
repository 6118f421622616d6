import type { UnwrappedBid } from '../unwrap/unwrap-bids.ts';

/** How many hops of a bid are listed: no chain that is followed has more. */
const MAX_HOPS = 64;

/**
 * What publishers ask an unwrapper about a bid, whatever became of it: who sold the ad and who made it, what it costs, how
 * long it may be kept, and which versions and hosts were on the way.
 */
export function bidMetadata({ bid, seat, result }: UnwrappedBid): object {
  const { status, reason, wrappers, ads, hops, deadline } = result;
  const listed = hops.slice(0, MAX_HOPS);
  return {
    id: bid.id ?? null,
    impid: bid.impid ?? null,
    seat,
    status,
    reason,
    wrappers,
    ms: Math.round(deadline.elapsedMs * 10) / 10,
    versions: listed.map(({ version }) => version),
    hosts: listed.map(({ host }) => host),
    adSystems: listed.map(({ adSystem }) => adSystem),
    adCount: ads.length,
    ads: ads.map((ad) => ({
      id: ad.id,
      adSystem: ad.adSystem,
      adTitle: ad.adTitle,
      advertiser: ad.advertiser,
      adServingId: ad.adServingId,
      universalAdIds: ad.universalAdIds,
      creativeKey: ad.creativeKey,
      pricing: ad.pricing,
      expires: ad.expires,
      durationSec: ad.durationSec,
      categories: ad.categories,
    })),
  };
}
