import { schemaVersion } from '../../../vast/schema-table.ts';
import { EVENTS } from '../../../vast/tracking-events.ts';
import { defineRules } from '../../define-rules.ts';
import { LATEST, eventOf } from '../values/events.ts';

/** Was the event of a tracker dropped from VAST? */
export const DEPRECATED_EVENTS_RULES = defineRules({ looksAt: 'element' }, [
  {
    id: 'deprecated/event',
    elements: ['Tracking'],
    signs: ['odd'],
    severity: 'info',
    title: 'The event of a tracker was dropped from VAST',
    why: 'Newer players never call it.',
    fix: 'Use what came instead, such as playerExpand for fullscreen.',
    spec: 'VAST 4.3, 3.14.1',
    check: (place) => {
      const [event, { version }] = [eventOf(place), place.document];
      const versions = EVENTS.get(event);
      const isDropped =
        versions !== undefined && !versions.includes(LATEST) && !versions.includes(schemaVersion(version));
      return isDropped ? `VAST ${version} has no event ${event} any more` : null;
    },
  },
]);
