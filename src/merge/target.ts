import type { Link } from '../chain/step.ts';
import type { Finding } from '../validation/finding.ts';
import type { VastDocument } from '../vast/document.ts';
import { child, childAt, descendants, type Element } from '../vast/element.ts';
import { portfoliosOf } from '../vast/portfolio.ts';
import { schemaOf } from '../vast/schema.ts';
import { foreignAttributes, foreignParts } from './foreign.ts';
import { mergeFinding, type MergeRuleId } from './merge-finding.ts';
import { declarations, scopeOf, usesNoneOf, withAttributes, type Scope } from './namespaces.ts';
import { createLocate, type Locate } from '../vast/location.ts';
import { partsOf, type Parts } from './parts.ts';
import { CONTENT, type Copy, type Recipient, type RecipientInDocument, type TargetDocument } from './placement.ts';
import { isTrackerName } from './tracker-list.ts';
import { allowedIn, type Allowed } from './allowed.ts';

/** A wrapper whose parts are copied. */
export type Source = Link & { readonly scope: Scope; readonly parts: Parts };

/** The InLine or Wrapper that trackers are merged into, with what was added so far. */
export type Target = TargetDocument &
  MergeContext & {
    readonly document: VastDocument;
    /** Its InLine or Wrapper element. */
    readonly body: Element;
    /** Leave out a URL that stands there for the same event already? */
    readonly dedupe: boolean;
    /** Are Errors of wrappers left out? */
    readonly withoutErrors: boolean;
    /** Will nobody look at findings? */
    readonly quiet: boolean;
    readonly recipients: Map<Element, RecipientInDocument>;
    /** Where trackers of an InLine go, as far as that was asked. */
    readonly homes: Map<Home, readonly Recipient[]>;
    /** The trackers that stand in a place, filled where duplicates are left out. */
    readonly seen: Map<Recipient, Set<string>>;
    readonly copied: Copied[];
    readonly findings: Finding[];
  };

/** A copied element of a wrapper; `home` is the name of the element whose tracker it is. */
export type Copied = Copy & { readonly source: Element; readonly home: string };

/** What the ads of one result share. */
export type MergeContext = {
  /** What they were given so far. */
  readonly given: Given;
  readonly locate: Locate;
  readonly scopeOf: (document: VastDocument) => Scope;
  readonly partsOf: (body: Element) => Parts;
};

export function createMergeContext(): MergeContext {
  return {
    given: { copies: 0, text: 0 },
    locate: createLocate(),
    scopeOf: onceFor(scopeOf),
    partsOf: onceFor(partsOf),
  };
}

/** The slots of a pod have wrappers in common. */
function onceFor<Key, Value extends object>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      value = make(key);
      known.set(key, value);
    }
    return value;
  };
}

/** `copies` counts what was made to hold them too, and what was left out as a duplicate; `text` is UTF-16 units. */
export type Given = { copies: number; text: number };

/**
 * What the ads of one result may be given: two documents that are each within their limits could ask for millions of
 * copies.
 */
export const MERGE_LIMITS = { copies: 5000, text: 2 * 1024 * 1024, findings: 100 } as const;

/** Is nothing more copied? */
export const isFull = ({ given }: Target): boolean =>
  given.copies >= MERGE_LIMITS.copies || given.text >= MERGE_LIMITS.text;

/** Takes note of a finding about an element of a wrapper. */
export function report(target: Target, rule: MergeRuleId, source: Source, element: Element, message: string): void {
  if (!target.quiet && target.findings.length < MERGE_LIMITS.findings)
    target.findings.push(mergeFinding(rule, source, element, message, target.locate));
}

/** The elements that have trackers of their own beside the InLine or Wrapper itself, by where they stand in a Creative. */
const HOMES = {
  Linear: ['Linear'],
  NonLinearAds: ['NonLinearAds'],
  NonLinear: ['NonLinearAds', 'NonLinear'],
} as const satisfies Record<string, readonly string[]>;
export type Home = keyof typeof HOMES;

export const isRecipient = (added: Copy | Recipient): added is Recipient => 'added' in added;

/** The recipient of an element of the target's document. */
export function recipientOf(target: Target, element: Element): RecipientInDocument {
  let recipient = target.recipients.get(element);
  if (recipient === undefined) {
    const allowed = target.quiet ? 'anything' : allowedAt(target, element);
    recipient = { name: element.name, element, startTag: '', hop: 0, place: element, allowed, added: [] };
    target.recipients.set(element, recipient);
  }
  return recipient;
}

function allowedAt({ version, side, body }: Target, element: Element): Allowed {
  let allowed = allowedIn(allowedIn(schemaOf(version), 'Ad'), side);
  let step = body;
  while (step !== element) {
    step = childAt(step, element.start)!;
    allowed = allowedIn(allowed, step.name);
  }
  return allowed;
}

/** A new child element; its start tag is the one given, or that of an element of the wrapper. */
export function make(
  target: Target,
  parent: Recipient,
  name: string,
  source: Source,
  like?: Element | string,
): Recipient {
  const startTag =
    like instanceof Object
      ? declared(target, parent, source, like, source.document.text.slice(like.start, like.openEnd))
      : (like ?? `<${name}>`);
  const allowed = allowedIn(parent.allowed, name);
  if (like instanceof Object && !target.quiet)
    reportForeign(target, source, like, foreignAttributes(like, allowed, target.version));
  const recipient = { name, element: null, startTag, hop: source.hop, place: parent.place, allowed, added: [] };
  parent.added.push(recipient);
  target.given.copies += 1;
  target.given.text += startTag.length;
  return recipient;
}

/** The child element of this name, made where there is none. */
export function container(target: Target, parent: Recipient, name: string, source: Source, like?: Element): Recipient {
  const element = parent.element === null ? undefined : child(parent.element, name);
  if (element !== undefined) return recipientOf(target, element);
  const made = parent.added.find((each) => each.name === name);
  return made !== undefined && isRecipient(made) ? made : make(target, parent, name, source, like);
}

/**
 * Where trackers of such a home go: in an InLine every element of that kind, none made, and where nothing is nonlinear but
 * an extension, that; in a Wrapper (whose elements a player adds up) the first one, made where there is none.
 */
export function elementsAt(target: Target, home: Home, source: Source): readonly Recipient[] {
  const known = target.homes.get(home);
  if (known !== undefined) return known;
  const elements = descendants(target.body, 'Creatives', 'Creative', ...HOMES[home]);
  if (target.side === 'InLine') {
    const found = elements.length === 0 && home !== 'Linear' ? portfoliosOf(target.body) : elements;
    const recipients = found.map((each) => recipientOf(target, each));
    target.homes.set(home, recipients);
    return recipients;
  }
  if (elements.length > 0) return [recipientOf(target, elements[0]!)];
  const creatives = container(target, recipientOf(target, target.body), 'Creatives', source);
  const made = creatives.added.filter(isRecipient).flatMap((creative) => creative.added);
  const found = made.find((each) => each.name === home);
  if (found !== undefined && isRecipient(found)) return [found];
  return [make(target, make(target, creatives, 'Creative', source), home, source)];
}

/** Copies an element of a wrapper, as it stands there. `home` is the element whose tracker it is. */
export function copy(
  target: Target,
  into: Recipient,
  source: Source,
  element: Element,
  home: string = into.name,
): void {
  if (isFull(target)) return;
  target.given.copies += 1;
  if (target.dedupe && isTrackerName(element.name) && isThere(target, into, element)) return;
  const markup = source.document.text.slice(element.start, element.end);
  const text = declared(target, into, source, element, markup);
  const copied = { name: element.name, text, hop: source.hop, source: element, home };
  into.added.push(copied);
  target.copied.push(copied);
  target.given.text += text.length;
  if (target.quiet) return;
  reportForeign(target, source, element, foreignParts(element, into, target.version));
  if (isFull(target)) {
    const message = `wrappers gave ${target.given.copies} elements, as much as a result may hold; the rest was left out`;
    target.findings.push(mergeFinding('chain/unmerged-tracker', source, element, message, target.locate));
  }
}

function reportForeign(target: Target, source: Source, element: Element, parts: readonly string[]): void {
  for (const part of parts) {
    const message = `${part}; it was written all the same`;
    const isNew = !target.findings.some((each) => each.hop === source.hop && each.message === message);
    if (isNew) report(target, 'chain/version-foreign', source, element, message);
  }
}

/** Gives an empty element of the ad the content of a wrapper's. */
export function fill(target: Target, empty: RecipientInDocument, { hop, document }: Source, element: Element): void {
  const text = document.text.slice(element.openEnd, element.closeStart);
  const copied = { name: CONTENT, text, hop, source: element, home: '' };
  empty.added.push(copied);
  target.copied.push(copied);
}

/** A child element, `hop` null where it is the ad's own. */
export type Present = { readonly element: Element; readonly hop: number | null };

/** The children of an element, old and new. */
export function present({ element, added }: Recipient): readonly Present[] {
  const all: Present[] = element?.children.map((each) => ({ element: each, hop: null })) ?? [];
  for (const each of added)
    if (!isRecipient(each) && each.source !== null) all.push({ element: each.source, hop: each.hop });
  return all;
}

/** Does its URL stand there for the same event? From now on it does. */
function isThere(target: Target, into: Recipient, element: Element): boolean {
  const keyOf = ({ name, text, attributes }: Element): string =>
    JSON.stringify([name, text, attributes.get('event'), attributes.get('offset')]);
  const keys = target.seen.get(into) ?? new Set(into.element?.children.map(keyOf));
  target.seen.set(into, keys);
  const key = keyOf(element);
  return keys.has(key) || !keys.add(key);
}

/** Markup of a wrapper with the namespace declarations that it needs at its new place. */
function declared(target: Target, into: Recipient, source: Source, element: Element, markup: string): string {
  const from = source.scope(element);
  if (usesNoneOf(from, markup)) return markup;
  const to = target.scopeOf(target.document)(into.place);
  const missing = declarations(markup, element.attributes, from, to);
  return withAttributes(markup, element.name, missing);
}
