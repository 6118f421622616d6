import { type Element, children, descendants } from '../../../vast/element.ts';
import { allDiffer } from '../../all-differ.ts';
import { defineRules } from '../../define-rules.ts';
import type { Place } from '../../place.ts';

const QUARTILES = ['firstQuartile', 'midpoint', 'thirdQuartile', 'complete'];

const isInLine = ({ body }: Place): boolean => body === 'InLine';

function isTracked(event: string, linear: Element): boolean {
  return descendants(linear, 'TrackingEvents', 'Tracking').some(({ attributes }) => attributes.get('event') === event);
}

/** Those whose text stood in one before. */
export function repeated(elements: readonly Element[], keyOf: (element: Element) => string): readonly Element[] {
  // Where all texts differ, so do all keys, which are dearer.
  if (allDiffer(elements.map(({ text }) => text))) return [];
  const seen = new Set<string>();
  return elements.filter((each) => {
    const key = keyOf(each);
    if (key === '') return false;
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
}

/** Does an ad report what buyers count, once each? */
export const QUALITY_TRACKING_RULES = defineRules({ looksAt: 'element' }, [
  {
    id: 'quality/quartiles-partial',
    elements: ['Linear'],
    signs: ['odd'],
    severity: 'warning',
    title: 'Some quartiles are tracked and others are not',
    why: 'Completion rates cannot be computed from what is left.',
    fix: 'Track firstQuartile, midpoint, thirdQuartile and complete.',
    spec: 'VAST 4.3, 3.14.1',
    check: (place) => {
      if (!isInLine(place)) return null;
      const missing = QUARTILES.filter((each) => !isTracked(each, place.element));
      return missing.length === 0 || missing.length === QUARTILES.length ? null : `${missing.join(', ')} not tracked`;
    },
  },
  {
    id: 'quality/quartiles-missing',
    elements: ['Linear'],
    signs: ['odd'],
    severity: 'info',
    title: 'The quartiles are not tracked',
    why: 'Nobody learns how far the ad was watched.',
    fix: 'Track firstQuartile, midpoint, thirdQuartile and complete.',
    spec: 'VAST 4.3, 3.14.1',
    check: (place) =>
      isInLine(place) && !QUARTILES.some((each) => isTracked(each, place.element)) ? 'no quartile is tracked' : null,
  },
  {
    id: 'quality/start-missing',
    elements: ['Linear'],
    signs: ['odd'],
    severity: 'info',
    title: 'The start of the ad is not tracked',
    why: 'Completion rates are counted from the start, not from the impression.',
    fix: 'Track start.',
    spec: 'VAST 4.3, 3.14.1',
    coveredBy: ['quality/quartiles-missing'],
    check: (place) => (isInLine(place) && !isTracked('start', place.element) ? 'start is not tracked' : null),
  },
  {
    id: 'quality/impression-repeated',
    elements: ['InLine', 'Wrapper'],
    severity: 'warning',
    title: 'The same Impression stands twice',
    why: 'Every impression is counted double.',
    fix: 'Keep one of them.',
    spec: 'VAST 4.3, 3.4.4',
    check: ({ element }) => {
      const again = repeated(children(element, 'Impression'), ({ text }) => (text === 'about:blank' ? '' : text));
      return again.length === 0 ? null : `${again.length} of the Impressions stood there before`;
    },
  },
  {
    id: 'quality/tracker-repeated',
    elements: ['TrackingEvents'],
    severity: 'info',
    title: 'The same tracker of an event stands twice',
    why: 'The event is counted double.',
    fix: 'Keep one of them.',
    spec: 'VAST 4.3, 3.14.3',
    check: ({ element }) => {
      const again = repeated(children(element, 'Tracking'), ({ attributes, text }) =>
        text === '' ? '' : `${attributes.get('event')} ${attributes.get('offset')} ${text}`,
      );
      return again.length === 0 ? null : `${again.length} of the trackers stood there before`;
    },
  },
]);
