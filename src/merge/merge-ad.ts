import type { Branch } from '../chain/step.ts';
import type { Finding } from '../validation/finding.ts';
import type { VastDocument, Version } from '../vast/document.ts';
import { children, type Element } from '../vast/element.ts';
import { MERGE_TABLE } from './merge-table.ts';
import { recipientEdits } from './placement.ts';
import type { Side } from './schema-order.ts';
import type { Edit } from './splice.ts';
import { isFull, report, type MergeContext, type Source, type Target } from './target.ts';
import { listTrackers } from './tracker-list.ts';
import type { Tracker } from './tracker.ts';

/** An ad with the trackers of its wrappers, as changes of its document's text. */
export type MergedAd = {
  readonly edits: readonly Edit[];
  readonly findings: readonly Finding[];
  /** Its own trackers, then the merged ones, closest wrapper first. */
  readonly trackers: () => readonly Tracker[];
};

export type MergeOptions = {
  /** `exact` leaves out a merged URL that stands there for the same event already. */
  readonly dedupe: 'none' | 'exact';
  /** `first`: in 2.0 and 3.0, whose schemas allow one Error, wrappers bring none. */
  readonly errors3?: 'all' | 'first';
  /** Nobody will look at findings: none are made, which is a third of the work. */
  readonly quiet?: boolean;
};

/** Does a result of this version hold the Errors of its InLine alone? */
export const holdsOwnErrorsAlone = (version: Version, { errors3 }: MergeOptions): boolean =>
  errors3 === 'first' && version < '4.0';

/** Merges the wrappers of a branch (outermost first) into an InLine, or into a Wrapper further down. */
export function mergeAd(
  { document, body, hop }: { readonly document: VastDocument; readonly body: Element; readonly hop: number },
  branch: Branch,
  side: Side,
  options: MergeOptions,
  context: MergeContext,
): MergedAd {
  const { text, version } = document;
  const { given, locate, scopeOf, partsOf } = context;
  const target: Target = {
    text,
    version,
    side,
    document,
    body,
    given,
    locate,
    scopeOf,
    partsOf,
    recipients: new Map(),
    homes: new Map(),
    dedupe: options.dedupe === 'exact',
    withoutErrors: side === 'InLine' && holdsOwnErrorsAlone(version, options),
    quiet: options.quiet === true,
    seen: new Map(),
    copied: [],
    findings: [],
  };
  for (const { hop, document, wrapper, uri } of branch.toReversed()) {
    mergeWrapper({ hop, document, wrapper, uri, scope: scopeOf(document), parts: partsOf(wrapper.body) }, target);
  }
  const { recipients, copied, findings } = target;
  const edits: Edit[] = [];
  for (const recipient of recipients.values()) edits.push(...recipientEdits(recipient, target));
  return {
    edits,
    findings,
    trackers: () => [
      ...listTrackers(body, hop),
      ...copied.flatMap((each) => listTrackers(each.source, each.hop, each.home)),
    ],
  };
}

function mergeWrapper(source: Source, target: Target): void {
  if (isFull(target)) return;
  for (const { needs, merge, element: row } of MERGE_TABLE) {
    if (row === 'error' && target.withoutErrors) continue;
    for (const element of merge(source, target) ?? []) {
      const message = `${element.name} was left out: the ad has no ${needs} that it could belong to`;
      report(target, 'chain/unmerged-tracker', source, element, message);
    }
  }
  if (!target.quiet) reportMisplaced(source, target);
}

/** What the creatives of a Wrapper may hold, by the element around it; the rest of it says nothing to a player. */
const MEANINGFUL: ReadonlyMap<string, readonly string[]> = new Map([
  ['Creative', ['Linear', 'NonLinearAds', 'CompanionAds']],
  ['Linear', ['TrackingEvents', 'VideoClicks', 'Icons']],
  ['NonLinearAds', ['TrackingEvents', 'NonLinear', 'Icons']],
  ['NonLinear', ['NonLinearClickTracking', 'NonLinearCustomClick']],
]);

function reportMisplaced(source: Source, target: Target): void {
  const found = (element: Element, what: string): void =>
    report(target, 'chain/media-in-wrapper', source, element, `${what} has no meaning in a Wrapper`);
  const visit = (element: Element): void => {
    if (element.name === 'Linear' && element.attributes.has('skipoffset'))
      found(element, 'attribute skipoffset of Linear');
    for (const each of element.children) {
      if (MEANINGFUL.get(element.name)?.includes(each.name) === false) found(each, each.name);
      else if (MEANINGFUL.has(each.name)) visit(each);
    }
  };
  for (const creatives of children(source.wrapper.body, 'Creatives')) creatives.children.forEach(visit);
}
