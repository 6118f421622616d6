import { type Redact, SHOW_ALL } from '../../debug/redact.ts';
import type { UnwrapResult } from '../../unwrap/result.ts';

/**
 * A result as it is shown: what ad servers were told of the viewer comes back in their trackers, links and documents. The
 * texts of documents stay: they are hidden where they are drawn, since places in them are counted.
 */
export function shownResult(result: UnwrapResult, redact: Redact): UnwrapResult {
  if (redact === SHOW_ALL) return result;
  const hidden = <Value>(value: Value): Value =>
    JSON.parse(
      JSON.stringify(value, (_name, each: unknown) => (typeof each === 'string' ? redact.text(each) : each)),
    ) as Value;
  const { adm, ads, bid, errorUrls, findings, merged, unwritten = [], projection = null } = result;
  return {
    ...result,
    // what a remembered result makes when it is read is not copied with it
    adm,
    bid,
    unwritten,
    projection,
    ads: hidden(ads),
    errorUrls: hidden(errorUrls),
    findings: hidden(findings),
    merged: merged && {
      ...merged,
      trackers: () => merged.trackers().map((each) => ({ ...each, url: redact.text(each.url) })),
    },
  };
}
