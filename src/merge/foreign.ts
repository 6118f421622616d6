import type { Element } from '../vast/element.ts';
import type { Growth, Soil } from './placement.ts';
import { isKnown, knows, ranksFor, schemaVersion, type SchemaVersion } from './schema-order.ts';

/** Tracking events that the schemas list, with the versions that know each. 4.x lists them by name and nothing else. */
const EVENT_VERSIONS: readonly (readonly [versions: string, events: string])[] = [
  [
    '2.0 3.0 4.0 4.1 4.2',
    'creativeView start midpoint firstQuartile thirdQuartile complete mute unmute pause rewind resume acceptInvitation close',
  ],
  ['2.0 3.0', 'fullscreen expand collapse'],
  ['3.0', 'exitFullscreen'],
  ['3.0 4.0 4.1 4.2', 'skip progress'],
  ['3.0 4.0', 'acceptInvitationLinear'],
  ['3.0 4.1 4.2', 'closeLinear'],
  ['4.0', 'timeSpentViewing'],
  ['4.0 4.1 4.2', 'playerExpand playerCollapse adExpand adCollapse minimize overlayViewDuration otherAdInteraction'],
  ['4.1 4.2', 'loaded'],
  ['4.2', 'interactiveStart'],
];

/** Attributes that not every version has, with those that do. */
const ATTRIBUTE_VERSIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Tracking: { offset: '3.0 4.0 4.1 4.2' },
  Creative: { AdID: '2.0 3.0', adId: '4.0 4.1 4.2', apiFramework: '4.0 4.1 4.2' },
  CompanionAds: { required: '3.0 4.0 4.1 4.2' },
  Companion: {
    assetWidth: '3.0 4.0 4.1 4.2',
    assetHeight: '3.0 4.0 4.1 4.2',
    adSlotId: '3.0 4.1 4.2',
    adSlotID: '4.0',
    pxratio: '4.0 4.1 4.2',
    renderingMode: '4.1 4.2',
  },
  CompanionClickTracking: { id: '4.0 4.1 4.2' },
  NonLinearClickTracking: { id: '4.0 4.1 4.2' },
  Icon: { pxratio: '4.0 4.1 4.2' },
  IconClickTracking: { id: '4.0 4.1 4.2' },
  HTMLResource: { xmlEncoded: '3.0' },
  AdParameters: { xmlEncoded: '3.0 4.0 4.1 4.2' },
};

/** Attributes that some versions want and others do not. */
const REQUIRED: Readonly<Record<string, readonly [versions: string, attributes: string]>> = {
  CompanionClickTracking: ['4.0 4.1 4.2', 'id'],
  Icon: ['3.0', 'program width height xPosition yPosition'],
};

const isOneOf = (versions: string, version: SchemaVersion): boolean => versions.includes(version);

/**
 * What of an element the schema of the target's version does not have, each in a clause for people: VAST grew, so what one
 * version knows another may not.
 */
export function foreignParts(element: Element, into: Growth, soil: Soil): readonly string[] {
  const version = schemaVersion(soil.version);
  const parts = new Set<string>();
  const unknown = (what: string): unknown => parts.add(`VAST ${soil.version} has no ${what}`);
  const visit = ({ name, attributes, children }: Element, parent: string): void => {
    const isForeign = !knows(version, soil.side, parent, name) && isKnown(parent, name);
    if (isForeign) unknown(`${name} in ${soil.side === parent ? 'a ' : `${soil.side} `}${parent}`);
    const event = name === 'Tracking' && parent === 'TrackingEvents' ? attributes.get('event') : undefined;
    const row =
      event === undefined ? undefined : EVENT_VERSIONS.find(([, events]) => events.split(' ').includes(event));
    if (row !== undefined && !isOneOf(row[0], version)) unknown(`event ${event}`);
    for (const attribute of attributes.keys()) {
      const versions = ATTRIBUTE_VERSIONS[name]?.[attribute];
      if (versions !== undefined && !isOneOf(versions, version)) unknown(`attribute ${attribute} on ${name}`);
    }
    const [versions, names] = REQUIRED[name] ?? ['', ''];
    const missing = isOneOf(versions, version) ? names.split(' ').filter((each) => !attributes.has(each)) : [];
    if (missing.length > 0) parts.add(`VAST ${soil.version} wants ${missing.join(', ')} on ${name}`);
    let last = -1;
    for (const each of children) {
      visit(each, name);
      const rank = ranksFor(version, soil.side, name, each.name)?.get(each.name) ?? last;
      if (rank < last) parts.add(`VAST ${soil.version} has another order in ${name}`);
      last = rank;
    }
  };
  visit(element, into.name);
  const icons = [...(into.element?.children ?? []), ...into.added].filter(({ name }) => name === 'Icon').length;
  if (element.name === 'Icon' && icons > 1 && isOneOf('4.0 4.1', version)) unknown('second Icon');
  return [...parts];
}
