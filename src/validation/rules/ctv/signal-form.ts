import { child } from '../../../vast/element.ts';
import { readSignal } from '../../../vast/portfolio.ts';
import { SIGNAL_NAMES, extensionType, isSignal } from '../../../vast/standard-extensions.ts';
import { defineRules } from '../../define-rules.ts';
import { GUIDANCE } from './signals.ts';

/** The highest number of each list of AdCOM 1.0-202607, and the lowest. */
const LISTS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  plcmt: [1, 9],
  pos: [0, 17],
  playbackmethod: [1, 11],
  attr: [1, 23],
};

/** Are the signals of an ad written so that every player reads the same? */
export const CTV_SIGNAL_FORM_RULES = defineRules({ looksAt: 'element' }, [
  {
    id: 'ctv/signal-value',
    elements: SIGNAL_NAMES,
    severity: 'error',
    title: 'A signal of AdCOM is not a number',
    why: 'Stitchers and players that did not see the bid go by it, and cannot read it.',
    fix: 'Write the number that the list of AdCOM has.',
    spec: GUIDANCE,
    check: ({ element }) =>
      readSignal(element.text) === null ? `${element.name} is "${element.text.slice(0, 40)}"` : null,
  },
  {
    id: 'ctv/signal-unknown',
    elements: SIGNAL_NAMES,
    severity: 'warning',
    title: 'A signal has a number that AdCOM does not list',
    why: 'Nobody knows what the ad is meant to be.',
    fix: 'Write a number of the list, as of AdCOM 1.0-202607.',
    spec: 'AdCOM 1.0-202607',
    check: ({ element: { name, text } }) => {
      const value = readSignal(text);
      const [least, most] = LISTS[name]!;
      return value === null || value >= 500 || (value >= least && value <= most) ? null : `${name} is ${value}`;
    },
  },
  {
    id: 'ctv/signal-form',
    elements: ['Extension'],
    signs: ['odd'],
    severity: 'warning',
    title: 'An extension with ext="adcom" does not hold the signal that its type names',
    why: 'Players look for the element of that name and find nothing.',
    fix: 'Write <Extension type="pos" ext="adcom"><pos>7</pos></Extension>, one for each signal.',
    spec: GUIDANCE,
    check: ({ element }) => {
      if (!isSignal(element)) return null;
      const type = extensionType(element);
      if (!SIGNAL_NAMES.some((name) => name === type)) return `type is "${type}"`;
      return child(element, type) === undefined ? `there is no ${type} in it` : null;
    },
  },
]);
