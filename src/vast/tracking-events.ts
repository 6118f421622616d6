import type { SchemaVersion } from './schema-table.ts';

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

/** The versions that know each tracking event. */
export const EVENTS: ReadonlyMap<string, readonly SchemaVersion[]> = new Map(
  EVENT_VERSIONS.flatMap(([versions, events]) =>
    events.split(' ').map((event) => [event, versions.split(' ') as SchemaVersion[]] as const),
  ),
);
