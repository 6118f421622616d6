import { children, descendants, type Element } from '../vast/element.ts';
import type { Recipient } from './placement.ts';
import { container, copy, recipientOf, isFull, make, type Source, type Target } from './target.ts';

const RESOURCES = new Set(['StaticResource', 'IFrameResource', 'HTMLResource']);

const hasResource = ({ children }: Element): boolean =>
  children.some((each) => RESOURCES.has(each.name) && (each.text !== '' || each.children.length > 0));

/**
 * A companion with a resource is one more to show: a further Creative of the InLine. In a Wrapper all companions stay what
 * they are, since the player that follows it sorts them out.
 */
export function addCompanions(source: Source, target: Target): void {
  if (source.parts.companions.length === 0) return;
  let creatives: Recipient | undefined;
  for (const creative of descendants(source.wrapper.body, 'Creatives', 'Creative')) {
    for (const companionAds of children(creative, 'CompanionAds')) {
      const all = children(companionAds, 'Companion');
      const wanted = target.side === 'Wrapper' ? all : all.filter(hasResource);
      if (wanted.length === 0) continue;
      if (isFull(target)) return;
      creatives ??= container(target, recipientOf(target, target.body), 'Creatives', source);
      const further = make(target, creatives, 'Creative', source, creative);
      const into = make(target, further, 'CompanionAds', source, companionAds);
      for (const each of wanted) copy(target, into, source, each);
      const text = target.side === 'InLine' ? universalAdId(target.version) : '';
      if (text !== '') further.added.push({ name: 'UniversalAdId', text, hop: source.hop, source: null });
    }
  }
}

/** What a Creative of an InLine must have from 4.0 on, where nobody gave it one [VAST 4.3, 3.8]. */
function universalAdId(version: string): string {
  if (version < '4.0') return '';
  const idValue = version === '4.0' ? ' idValue="unknown"' : '';
  return `<UniversalAdId idRegistry="unknown"${idValue}>unknown</UniversalAdId>`;
}

/** Companions without a resource only bring trackers: for the InLine's own of the same id, else size, else for all. */
export function addCompanionTrackers(source: Source, target: Target): readonly Element[] {
  const { companions: all } = source.parts;
  if (target.side === 'Wrapper' || all.length === 0) return [];
  const own = target.partsOf(target.body).companions;
  const byId = Map.groupBy(own, idOf);
  const bySize = Map.groupBy(own, sizeOf);
  const unmerged: Element[] = [];
  for (const each of all) {
    if (hasResource(each)) continue;
    const clicks = children(each, 'CompanionClickTracking');
    const events = descendants(each, 'TrackingEvents', 'Tracking');
    const [id, size] = [idOf(each), sizeOf(each)];
    const companions =
      (id === null ? undefined : byId.get(id)) ?? (size === null ? undefined : bySize.get(size)) ?? own;
    if (clicks.length + events.length === 0) continue;
    if (companions.length === 0) unmerged.push(...clicks, ...events);
    for (const companion of companions) {
      if (isFull(target)) return unmerged;
      const recipient = recipientOf(target, companion);
      for (const click of clicks) copy(target, recipient, source, click);
      const into = events.length === 0 ? recipient : container(target, recipient, 'TrackingEvents', source);
      for (const event of events) copy(target, into, source, event, 'Companion');
    }
  }
  return unmerged;
}

const idOf = ({ attributes }: Element): string | null => attributes.get('id')?.trim() ?? null;

function sizeOf({ attributes }: Element): string | null {
  const [width, height] = [attributes.get('width')?.trim(), attributes.get('height')?.trim()];
  return width === undefined || height === undefined ? null : `${width}x${height}`;
}
