import { type CreativeLook, type Drift, lookOf } from '../creative/creative-look.ts';
import { landingDomain } from '../creative/landing-domain.ts';
import type { MediaUrlRules } from '../creative/media-url-rules.ts';
import type { InLine } from '../vast/ad.ts';
import type { Chain } from './follow.ts';
import type { Ports } from './ports.ts';
import type { UnwrapRequest } from './request.ts';
import type { AdReport } from './result.ts';

/** Longer ids are cut: they are callers' words. */
const MAX_ID = 200;

/**
 * The creative that a request is about, by whose it is, its id and the tag without its query; null where the caller names
 * none. A tag without an id may give another creative each time.
 */
export function creativeName({ bid, creative, input }: UnwrapRequest): string | null {
  const crid = bid?.crid || creative.crid;
  if (!crid) return null;
  const tag = URL.parse('url' in input ? input.url : input.adm.slice(0, MAX_ID));
  const isTag = tag !== null && /^https?:$/.test(tag.protocol);
  return JSON.stringify(
    [creative.bidder, crid, isTag ? tag.host + tag.pathname : ''].map((each) => each?.slice(0, MAX_ID)),
  );
}

/** How the creative of a request differs from what was first seen of it at this hop; null where it does not. */
export function driftOf(
  request: UnwrapRequest,
  chain: Chain,
  ads: () => readonly AdReport[],
  ports: Ports,
): Drift | null {
  const name = creativeName(request);
  const [ad, ...others] = chain.settled;
  if (name === null || ad === undefined || others.length > 0) return null;
  const { index, host } = chain.hops[ad.hop]!;
  return ports.seen.see(
    name,
    `${index} ${host ?? ''}`,
    knownLook(ad.inline, () => ads()[0]!, ports.creatives.mediaUrls),
  );
}

const looks = new WeakMap<InLine, { readonly look: CreativeLook; readonly rules: MediaUrlRules }>();

/** A document of the cache is looked at once. */
function knownLook(inline: InLine, report: () => AdReport, rules: MediaUrlRules): CreativeLook {
  const known = looks.get(inline);
  if (known?.rules === rules) return known.look;
  const look = lookOf(report(), landingDomain(inline), rules);
  looks.set(inline, { look, rules });
  return look;
}
