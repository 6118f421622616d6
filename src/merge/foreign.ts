import type { Element } from '../vast/element.ts';
import { schemaVersion, type SchemaVersion } from '../vast/schema-table.ts';
import type { Growth, Soil } from './placement.ts';
import { isKnown, knows, ranksFor } from './schema-order.ts';

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

const EVENTS: ReadonlyMap<string, string> = new Map(
  EVENT_VERSIONS.flatMap(([versions, events]) => events.split(' ').map((event) => [event, versions])),
);

/**
 * What of an element the schema of the target's version does not have, each in a clause for people: VAST grew, so what one
 * version knows another may not.
 */
export function foreignParts(element: Element, into: Growth, soil: Soil): readonly string[] {
  const parts: string[] = [];
  findForeign(element, into.name, soil, parts);
  if (element.name === 'Icon' && ONE_ICON.includes(schemaVersion(soil.version)) && hasSeveral(into, 'Icon')) {
    parts.push(`VAST ${soil.version} has no second Icon`);
  }
  return parts;
}

/** The schemas of these versions allow one Icon. */
const ONE_ICON: readonly SchemaVersion[] = ['4.0', '4.1'];

const hasSeveral = ({ element, added }: Growth, name: string): boolean =>
  [...(element?.children ?? []), ...added].filter((each) => each.name === name).length > 1;

function findForeign({ name, attributes, children }: Element, parent: string, soil: Soil, parts: string[]): void {
  const { side } = soil;
  const version = schemaVersion(soil.version);
  const unknown = (what: string): unknown => parts.push(`VAST ${soil.version} has no ${what}`);
  if (!knows(version, side, parent, name) && isKnown(parent, name)) {
    unknown(`${name} in ${side === parent ? 'a' : side} ${parent}`);
  }
  for (const [attribute, value] of attributes) {
    if (name === 'Tracking' && attribute === 'event' && EVENTS.get(value)?.includes(version) === false) {
      unknown(`event ${value}`);
    }
    if (ATTRIBUTE_VERSIONS[name]?.[attribute]?.includes(version) === false)
      unknown(`attribute ${attribute} on ${name}`);
  }
  const required = REQUIRED[name];
  if (required?.[0].includes(version)) {
    const missing = required[1].split(' ').filter((each) => !attributes.has(each));
    if (missing.length > 0) parts.push(`VAST ${soil.version} wants ${missing.join(', ')} on ${name}`);
  }
  let last = -1;
  for (const each of children) {
    findForeign(each, name, soil, parts);
    const rank = ranksFor(version, side, name, each.name)?.get(each.name) ?? last;
    if (rank < last) parts.push(`VAST ${soil.version} has another order in ${name}`);
    last = rank;
  }
}
