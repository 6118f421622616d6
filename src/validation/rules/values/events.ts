import { schemaVersion } from '../../../vast/schema-table.ts';
import { EVENTS } from '../../../vast/tracking-events.ts';
import { defineRules } from '../../define-rules.ts';
import type { Place } from '../../place.ts';

export const LATEST = '4.2';

const NOT_EXECUTED = 'verificationNotExecuted';

/** The events of a linear ad; a companion is only viewed, and clicked elsewhere [VAST 4.3, 3.14.1]. */
const COMPANION_EVENTS: readonly string[] = ['creativeView'];

export const eventOf = ({ element }: Place): string => element.attributes.get('event')?.trim() ?? '';

/** What the trackers of a place belong to: Linear, NonLinearAds, Companion or Verification. */
const ownerOf = ({ parent }: Place): string | undefined => parent?.parent?.element.name;

/** The events of the specification by their names in lower case. */
const BY_LOWER_CASE: ReadonlyMap<string, string> = new Map(
  [NOT_EXECUTED, ...EVENTS.keys()].map((event) => [event.toLowerCase(), event]),
);

const inRightCase = (event: string): string | undefined =>
  EVENTS.has(event) ? event : BY_LOWER_CASE.get(event.toLowerCase());

/** Is it an event of the specification, in this version, in this place? */
export const VALUES_EVENTS_RULES = defineRules({ looksAt: 'element', elements: ['Tracking'], signs: ['odd'] }, [
  {
    id: 'values/event',
    severity: 'warning',
    title: 'The event of a tracker is not known to VAST',
    why: 'No player ever calls it.',
    fix: 'Name an event of the specification; it tells upper from lower case.',
    spec: 'VAST 4.3, 3.14.1',
    check: (place) => {
      const event = eventOf(place);
      return event === '' || inRightCase(event) !== undefined ? null : `there is no event "${event}"`;
    },
  },
  {
    id: 'values/event-case',
    severity: 'warning',
    title: 'The event of a tracker is written in the wrong case',
    why: 'Most players compare it letter by letter and never call it.',
    fix: 'Write it as the specification does.',
    spec: 'VAST 4.3, 3.14.1',
    check: (place) => {
      const event = eventOf(place);
      const right = event === '' ? undefined : inRightCase(event);
      return right === undefined || right === event ? null : `"${event}" should be ${right}`;
    },
  },
  {
    id: 'values/event-of-later-version',
    severity: 'info',
    title: 'The event of a tracker is not known to the version of the document',
    why: 'Players that go by the version never call it.',
    fix: 'Raise VAST@version to one that has it, or leave it out.',
    spec: 'VAST 4.3, 3.14.1',
    check: (place) => {
      const [event, { version }] = [eventOf(place), place.document];
      const versions = EVENTS.get(event);
      // an extension holds events that its version has not: that is what it is for
      if (ownerOf(place) === 'Extension') return null;
      const isLater = versions?.includes(LATEST) === true && !versions.includes(schemaVersion(version));
      return isLater ? `VAST ${version} has no event ${event}` : null;
    },
  },
  {
    id: 'values/companion-event',
    severity: 'info',
    title: 'A Companion tracks an event that companions do not have',
    why: 'A companion is only viewed and clicked; the tracker is never called.',
    fix: 'Use creativeView, or move the tracker to the Linear.',
    spec: 'VAST 4.3, 3.14.1',
    check: (place) => {
      const event = eventOf(place);
      return ownerOf(place) !== 'Companion' || !EVENTS.has(event) || COMPANION_EVENTS.includes(event)
        ? null
        : `a Companion has no event ${event}`;
    },
  },
  {
    id: 'values/verification-event',
    severity: 'warning',
    title: 'A Verification tracks another event than verificationNotExecuted',
    why: 'It is the only one that a player tells a verification vendor of.',
    fix: 'Use verificationNotExecuted, or move the tracker to the Linear.',
    spec: 'VAST 4.3, 3.17.4',
    check: (place) =>
      ownerOf(place) === 'Verification' && EVENTS.has(eventOf(place))
        ? `a Verification has no event ${eventOf(place)}`
        : null,
  },
  {
    id: 'values/misplaced-not-executed',
    severity: 'warning',
    title: 'verificationNotExecuted is tracked outside of a Verification',
    why: 'A player does not know which vendor it is about and never calls it.',
    fix: 'Move it into TrackingEvents of the Verification.',
    spec: 'VAST 4.3, 3.17.4',
    check: (place) =>
      eventOf(place) === NOT_EXECUTED && ownerOf(place) !== 'Verification'
        ? 'it stands outside of a Verification'
        : null,
  },
]);
