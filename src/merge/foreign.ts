import type { Version } from '../vast/document.ts';
import type { Element } from '../vast/element.ts';
import { schemaVersion } from '../vast/schema-table.ts';
import { EVENTS } from '../vast/tracking-events.ts';
import { allowedIn, type Allowed } from './allowed.ts';
import type { Recipient } from './placement.ts';
import { isKnown } from './schema-order.ts';

/**
 * What of a copied element the schema of the version does not have, each in a clause for people: VAST grew, so what one
 * version knows another may not. The copy stands in `parent` already.
 */
export function foreignParts(element: Element, parent: Recipient, version: Version): readonly string[] {
  const { name } = element;
  const { allowed } = parent;
  const parts: string[] = [];
  const isOnlyOne = typeof allowed === 'object' && allowed.children?.get(name)?.repeatable === false;
  // 2.0 and 3.0 allow one Error by schema, but players take several.
  if (isOnlyOne && name !== 'Error' && hasSeveral(parent, name)) parts.push(`VAST ${version} has no second ${name}`);
  findForeign(element, parent.name, allowedIn(allowed, name), version, parts);
  return parts;
}

function hasSeveral({ element, added }: Recipient, name: string): boolean {
  const old = element?.children.some((each) => each.name === name) ?? false;
  return old || added.find((each) => each.name === name) !== added.findLast((each) => each.name === name);
}

/** The same of an element's attributes alone. */
export function foreignAttributes(
  { name, attributes }: Element,
  allowed: Allowed,
  version: Version,
): readonly string[] {
  if (typeof allowed === 'string' || allowed.attributes === null) return [];
  const parts: string[] = [];
  for (const attribute of attributes.keys()) {
    const isForeign = !allowed.attributes.has(attribute) && !attribute.startsWith('xmlns');
    if (isForeign) parts.push(`VAST ${version} has no attribute ${attribute} on ${name}`);
  }
  const missing: string[] = [];
  for (const [attribute, isRequired] of allowed.attributes) {
    if (isRequired && !attributes.has(attribute)) missing.push(attribute);
  }
  if (missing.length > 0) parts.push(`VAST ${version} wants ${missing.join(', ')} on ${name}`);
  return parts;
}

function findForeign(element: Element, parent: string, allowed: Allowed, version: Version, parts: string[]): void {
  const { name, attributes, children } = element;
  if (allowed === 'anything') return;
  if (allowed === 'nothing') {
    if (isKnown(parent, name)) parts.push(`VAST ${version} has no ${name} in ${parent}`);
    return;
  }
  const event = name === 'Tracking' ? EVENTS.get(attributes.get('event') ?? '') : undefined;
  if (event?.includes(schemaVersion(version)) === false)
    parts.push(`VAST ${version} has no event ${attributes.get('event')}`);
  parts.push(...foreignAttributes(element, allowed, version));
  let last = -1;
  for (const each of children) {
    const child = allowed.children?.get(each.name);
    findForeign(each, name, allowedIn(allowed, each.name), version, parts);
    const rank = child === undefined || child.rank === -1 ? last : child.rank;
    if (rank < last) parts.push(`VAST ${version} has another order in ${name}`);
    if (rank === last && child?.rank === last && !child.repeatable)
      parts.push(`VAST ${version} has no second ${each.name}`);
    last = rank;
  }
}
