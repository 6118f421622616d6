import { at, readTree, type Node } from './vast-tree.ts';

export type ListedUrl = { readonly event: string; readonly offset: string | null; readonly url: string };

/** The elements that hold a tracking URL, by the path to them, and the event that they are told of. */
const PLACES: readonly (readonly [event: string, ...path: string[]])[] = [
  ['impression', 'Impression'],
  ['error', 'Error'],
  ['viewable', 'ViewableImpression', 'Viewable'],
  ['notViewable', 'ViewableImpression', 'NotViewable'],
  ['viewUndetermined', 'ViewableImpression', 'ViewUndetermined'],
  ['linear.', 'Creatives', 'Creative', 'Linear', 'TrackingEvents', 'Tracking'],
  ['linear.clickThrough', 'Creatives', 'Creative', 'Linear', 'VideoClicks', 'ClickThrough'],
  ['linear.clickTracking', 'Creatives', 'Creative', 'Linear', 'VideoClicks', 'ClickTracking'],
  ['linear.customClick', 'Creatives', 'Creative', 'Linear', 'VideoClicks', 'CustomClick'],
  ['icon.view', 'Creatives', 'Creative', 'Linear', 'Icons', 'Icon', 'IconViewTracking'],
  ['icon.click', 'Creatives', 'Creative', 'Linear', 'Icons', 'Icon', 'IconClicks', 'IconClickTracking'],
  ['nonLinear.', 'Creatives', 'Creative', 'NonLinearAds', 'TrackingEvents', 'Tracking'],
  ['nonLinear.clickTracking', 'Creatives', 'Creative', 'NonLinearAds', 'NonLinear', 'NonLinearClickTracking'],
  ['nonLinear.customClick', 'Creatives', 'Creative', 'NonLinearAds', 'NonLinear', 'NonLinearCustomClick'],
  ['icon.view', 'Creatives', 'Creative', 'NonLinearAds', 'Icons', 'Icon', 'IconViewTracking'],
  ['icon.click', 'Creatives', 'Creative', 'NonLinearAds', 'Icons', 'Icon', 'IconClicks', 'IconClickTracking'],
  ['nonLinear.', 'Extensions', 'Extension', 'TrackingEvents', 'Tracking'],
  ['nonLinear.clickTracking', 'Extensions', 'Extension', 'NonLinearClickTracking'],
  ['nonLinear.customClick', 'Extensions', 'Extension', 'NonLinearCustomClick'],
  ['icon.view', 'Extensions', 'Extension', 'Icons', 'Icon', 'IconViewTracking'],
  ['icon.click', 'Extensions', 'Extension', 'Icons', 'Icon', 'IconClicks', 'IconClickTracking'],
  ['companion.', 'Creatives', 'Creative', 'CompanionAds', 'Companion', 'TrackingEvents', 'Tracking'],
  ['companion.clickTracking', 'Creatives', 'Creative', 'CompanionAds', 'Companion', 'CompanionClickTracking'],
  ['verification.', 'AdVerifications', 'Verification', 'TrackingEvents', 'Tracking'],
  ['verification.', 'Extensions', 'Extension', 'AdVerifications', 'Verification', 'TrackingEvents', 'Tracking'],
];

/** Every tracking URL of a document's InLines or Wrappers, read with saxes, in no particular order. */
export function listUrls(text: string, of: 'InLine' | 'Wrapper' = 'InLine'): readonly ListedUrl[] {
  const bodies = at(readTree(text), 'Ad', of);
  return bodies.flatMap((body) => PLACES.flatMap(([event, ...path]) => at(body, ...path).map(listed(event))));
}

function listed(event: string): (node: Node) => ListedUrl {
  return ({ attributes, text }) => ({
    event: event.endsWith('.') ? event + (attributes['event'] ?? '') : event,
    offset: attributes['offset'] ?? null,
    url: text,
  });
}
