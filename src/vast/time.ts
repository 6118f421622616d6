const CLOCK = /^(\d{2,}):([0-5]\d):([0-5]\d)(\.\d{1,3})?$/;
const PERCENT = /^(\d{1,3}(?:\.\d+)?)%$/;

/** A point in a linear ad, as `Tracking@offset`, `skipoffset` and Icon offsets give it [VAST 4.3, 3.14.1]. */
export type Offset =
  { readonly kind: 'time'; readonly seconds: number } | { readonly kind: 'percent'; readonly percent: number };

/** `HH:MM:SS` or `HH:MM:SS.mmm` as seconds; null where it is neither. */
export function parseTime(text: string): number | null {
  const match = CLOCK.exec(text.trim());
  if (match === null) return null;
  const [, hours, minutes, seconds, fraction = ''] = match;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(`${seconds}${fraction}`);
}

/** Seconds alone, or a clock whose hours are missing, or whose parts are too large; frames behind it are less than 1 s. */
const SECONDS = /^(\d+(?:[.,]\d+)?)\s*s?$/i;
const LOOSE_CLOCK = /^(?:(\d+):)?(\d+):(\d+(?:[.,]\d+)?)$|^(\d+):(\d+):(\d+):\d+$/;

/**
 * A Duration in seconds as everyone reads it: `HH:MM:SS` as it should be, and `90`, `0:15` or `00:00:90`, where the
 * number is plain though the form is wrong; null where it is not.
 */
export function readDuration(text: string): number | null {
  const written = text.trim();
  const right = parseTime(written);
  if (right !== null) return right;
  const number = (digits = '0'): number => Number(digits.replace(',', '.'));
  const seconds = SECONDS.exec(written)?.[1];
  if (seconds !== undefined) return number(seconds);
  const match = LOOSE_CLOCK.exec(written);
  if (match === null) return null;
  const [, hours = match[4], minutes = match[5], rest = match[6]] = match;
  return number(hours) * 3600 + number(minutes) * 60 + number(rest);
}

/** A time or a percentage from 0 to 100; null where it is neither. */
export function parseOffset(text: string): Offset | null {
  const percent = Number(PERCENT.exec(text.trim())?.[1] ?? NaN);
  if (percent <= 100) return { kind: 'percent', percent };
  const seconds = parseTime(text);
  return seconds === null ? null : { kind: 'time', seconds };
}

/** Where an offset lies in an ad of `durationSec` seconds, in seconds; null where a percentage has no duration. */
export function offsetSeconds(offset: Offset, durationSec: number | null): number | null {
  if (offset.kind === 'time') return offset.seconds;
  return durationSec === null ? null : (offset.percent / 100) * durationSec;
}
