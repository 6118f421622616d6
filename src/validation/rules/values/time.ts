import { durationOf } from '../../../vast/creative.ts';
import type { Element } from '../../../vast/element.ts';
import { ERROR_CODES } from '../../../vast/error-code.ts';
import { offsetSeconds, parseOffset, parseTime, readDuration } from '../../../vast/time.ts';
import { defineRules } from '../../define-rules.ts';
import type { Place } from '../../place.ts';
import type { ElementRule } from '../../rule.ts';

/** The Linear that a place is in; null outside one. */
function linearOf(place: Place): Element | null {
  for (let at: Place | null = place; at !== null; at = at.parent) if (at.element.name === 'Linear') return at.element;
  return null;
}

/** When an attribute of an element says that something happens, and how long the ad lasts, in s; null where either is not known. */
function timing(place: Place, attribute: string): { readonly at: number; readonly durationSec: number } | null {
  const value = place.element.attributes.get(attribute);
  if (value === undefined) return null;
  const linear = linearOf(place);
  const durationSec = linear === null ? null : durationOf(linear);
  const offset = parseOffset(value);
  const at = offset === null ? null : offsetSeconds(offset, durationSec);
  return at === null || durationSec === null ? null : { at, durationSec };
}

const afterEnd =
  (attribute: string): ElementRule['check'] =>
  (place) => {
    const when = timing(place, attribute);
    return when !== null && when.at > when.durationSec
      ? `${place.element.name}@${attribute} is ${when.at} s, the ad lasts ${when.durationSec} s`
      : null;
  };

const text = ({ element }: Place): string => element.text;

/** Are times and counts of the form that they should have, and within the ad? */
export const VALUES_TIME_RULES = defineRules({ looksAt: 'element' }, [
  {
    id: 'values/duration',
    elements: ['Duration'],
    signs: ['odd'],
    severity: 'error',
    vastError: ERROR_CODES.duration,
    title: 'Duration is not a time',
    why: 'Players cannot plan the break and fire the quartiles by it.',
    fix: 'Write HH:MM:SS or HH:MM:SS.mmm.',
    spec: 'VAST 4.3, 3.8.1',
    check: (place) => {
      if (parseTime(text(place)) !== null) return null;
      const seconds = readDuration(text(place));
      return `Duration is "${text(place).slice(0, 20)}"${seconds === null ? '' : `, which is read as ${seconds} s`}`;
    },
  },
  {
    id: 'values/duration-zero',
    elements: ['Duration'],
    signs: ['odd'],
    severity: 'error',
    vastError: ERROR_CODES.duration,
    title: 'Duration is 0',
    why: 'An ad of no length ends before its first picture.',
    fix: 'Write the Duration of the media file.',
    spec: 'VAST 4.3, 3.8.1',
    check: (place) => (parseTime(text(place)) === 0 ? 'Duration is 0' : null),
  },
  {
    id: 'values/duration-milliseconds',
    elements: ['Duration'],
    signs: ['odd'],
    severity: 'info',
    title: 'The fraction of Duration has not three digits',
    why: 'Some players read .5 as 5 milliseconds.',
    fix: 'Write milliseconds with three digits, .500 for half a second.',
    spec: 'VAST 4.3, 3.8.1',
    check: (place) =>
      /\.\d{1,2}$/.test(text(place)) && parseTime(text(place)) !== null ? `Duration is ${text(place)}` : null,
  },
  {
    id: 'values/offset',
    elements: ['Tracking'],
    signs: ['@offset'],
    severity: 'warning',
    title: 'The offset of a tracker is neither a time nor a percentage',
    why: 'A player does not know when to call it, so it never does.',
    fix: 'Write HH:MM:SS, HH:MM:SS.mmm or n%.',
    spec: 'VAST 4.3, 3.14.3',
    check: ({ element: { attributes } }) => {
      const offset = attributes.get('offset');
      return offset === undefined || offset.trim() === '' || parseOffset(offset) !== null
        ? null
        : `offset is "${offset}"`;
    },
  },
  {
    id: 'values/offset-after-end',
    elements: ['Tracking'],
    signs: ['@offset'],
    severity: 'warning',
    title: 'A tracker is to be called after the end of the ad',
    why: 'It is never called.',
    fix: 'Set the offset within the Duration, or write a percentage.',
    spec: 'VAST 4.3, 3.14.3',
    check: afterEnd('offset'),
  },
  {
    id: 'values/skipoffset',
    elements: ['Linear'],
    signs: ['@skipoffset'],
    severity: 'warning',
    title: 'skipoffset is neither a time nor a percentage',
    why: 'Players do not let the ad be skipped, or let it be skipped at once.',
    fix: 'Write HH:MM:SS, HH:MM:SS.mmm or n%.',
    spec: 'VAST 4.3, 3.8',
    check: ({ element: { attributes } }) => {
      const offset = attributes.get('skipoffset');
      return offset === undefined || parseOffset(offset) !== null ? null : `skipoffset is "${offset}"`;
    },
  },
  {
    id: 'values/skipoffset-after-end',
    elements: ['Linear'],
    signs: ['@skipoffset'],
    severity: 'warning',
    title: 'The ad can be skipped only after its end',
    why: 'It is sold as skippable and nobody can skip it.',
    fix: 'Set skipoffset within the Duration, or leave it out.',
    spec: 'VAST 4.3, 3.8',
    check: afterEnd('skipoffset'),
  },
  {
    id: 'values/icon-after-end',
    elements: ['Icon'],
    signs: ['@offset'],
    severity: 'warning',
    title: 'An icon is to be shown after the end of the ad',
    why: 'A notice that the law may ask for is never shown.',
    fix: 'Set the offset within the Duration.',
    spec: 'VAST 4.3, 3.11.1',
    check: afterEnd('offset'),
  },
  {
    id: 'values/expires',
    elements: ['Expires'],
    severity: 'warning',
    title: 'Expires is not a whole number of seconds above 0',
    why: 'Players drop the ad at once, or show it long after it may be shown.',
    fix: 'Write how many seconds the ad may be kept, such as 3600.',
    spec: 'VAST 4.3, 3.4.10',
    check: (place) => (/^[1-9]\d*$/.test(text(place)) ? null : `Expires is "${text(place).slice(0, 20)}"`),
  },
  {
    id: 'values/sequence',
    elements: ['Ad', 'Creative'],
    signs: ['@sequence'],
    severity: 'warning',
    title: 'sequence is not a whole number above 0',
    why: 'The place in the pod cannot be told.',
    fix: 'Count from 1.',
    spec: 'VAST 4.3, 3.3.2',
    check: ({ element: { name, attributes } }) => {
      const sequence = attributes.get('sequence');
      return sequence === undefined || /^[1-9]\d*$/.test(sequence.trim()) ? null : `${name}@sequence is "${sequence}"`;
    },
  },
  {
    id: 'values/sequence-repeated',
    elements: ['Ad'],
    signs: ['@sequence'],
    severity: 'warning',
    title: 'Two ads of a pod have the same sequence',
    why: 'Players choose differently which of them is shown, and when.',
    fix: 'Number the ads of a pod 1, 2, 3 and on.',
    spec: 'VAST 4.3, 3.3.1',
    check: ({ element, parent }) => {
      const sequence = element.attributes.get('sequence');
      const first = parent!.element.children.find(({ attributes }) => attributes.get('sequence') === sequence);
      return sequence === undefined || first === element ? null : `sequence ${sequence} was given to an Ad before`;
    },
  },
  {
    id: 'values/sequence-gap',
    elements: ['VAST'],
    signs: ['odd'],
    severity: 'info',
    title: 'The numbers of a pod have a gap',
    why: 'It is often a slot that was lost on the way.',
    fix: 'Number the ads of a pod 1, 2, 3 and on.',
    spec: 'VAST 4.3, 3.3.1',
    check: ({ document }) => {
      const numbers = new Set(document.ads.flatMap(({ sequence }) => sequence ?? []));
      const missing =
        numbers.size < 2
          ? []
          : [...numbers].filter((each) => each > 1 && !numbers.has(each - 1)).map((each) => each - 1);
      return missing.length === 0 ? null : `there is no sequence ${missing.join(', ')}`;
    },
  },
  {
    id: 'values/icon-too-long',
    elements: ['Icon'],
    severity: 'info',
    title: 'An icon is to be shown longer than the ad lasts',
    why: 'Players end it with the ad; the number is likely meant for another film.',
    fix: 'Set the duration of the icon within that of the ad.',
    spec: 'VAST 4.3, 3.11.1',
    check: afterEnd('duration'),
  },
]);
