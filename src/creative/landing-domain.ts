import type { InLine } from '../vast/ad.ts';
import { clickThroughsOf } from '../vast/ad-media.ts';
import { children } from '../vast/element.ts';

/**
 * The host that a click on an ad leads to, without `www.`: null where it has none, or one that the ad's impressions are
 * counted by too. Behind such a one lies the way to the advertiser, and nobody knows which.
 */
export function landingDomain({ body }: InLine): string | null {
  const [click] = clickThroughsOf(body);
  const host = click === undefined ? null : hostnameOf(click.text);
  if (host === null) return null;
  const owner = ownerOf(host);
  const isCounted = children(body, 'Impression').some(({ text }) => {
    const counting = hostnameOf(text);
    return counting !== null && ownerOf(counting) === owner;
  });
  return isCounted ? null : host.replace(/^www\./, '');
}

function hostnameOf(url: string): string | null {
  const parsed = URL.parse(url.trim());
  return parsed === null || !/^https?:$/.test(parsed.protocol) || parsed.hostname === '' ? null : parsed.hostname;
}

/** The last two labels of a name: near enough to who owns it. */
const ownerOf = (hostname: string): string => hostname.split('.').slice(-2).join('.');
