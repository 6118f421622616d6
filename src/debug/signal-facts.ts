import type { Signals } from '../vast/portfolio.ts';

type Words = Readonly<Record<number, string>>;

// What people call the numbers of AdCOM 1.0-202607; those that no ad of television has are left out.

const PLACEMENTS: Words = {
  1: 'in the stream',
  2: 'accompanying content',
  3: 'interstitial',
  4: 'standalone',
  5: 'pause',
  6: 'screensaver',
  7: 'overlay',
  8: 'squeezeback',
  9: 'in-scene',
};
const POSITIONS: Words = {
  4: 'header',
  5: 'footer',
  6: 'side bar',
  7: 'full screen',
  8: 'part of the screen',
  9: 'corner',
  10: 'corner',
  11: 'frame',
  12: 'double box',
  13: 'double box with background',
  14: 'corner',
  15: 'corner',
  16: 'L shape',
  17: 'L shape',
};
const METHODS: Words = {
  1: 'at once, with sound',
  2: 'at once, without sound',
  3: 'on a click',
  4: 'on hovering',
  5: 'in view, with sound',
  6: 'in view, without sound',
  7: 'after another',
  8: 'on a pause, with sound',
  9: 'on a pause, without sound',
  10: 'when idle, with sound',
  11: 'when idle, without sound',
};
const ATTRIBUTES: Words = {
  19: 'QR code',
  20: 'alpha channel',
  21: 'static',
  22: 'limited motion',
  23: 'full motion',
};

/** What the signals of an ad say, each with its number, in the order of the guidance. */
export function signalFacts({ plcmt, pos, playbackmethod, attr }: Signals): readonly string[] {
  const said = (name: string, value: number | null, words: Words): readonly string[] => {
    if (value === null) return [];
    const word = words[value];
    return [word === undefined ? `${name} ${value}` : `${name} ${value} (${word})`];
  };
  return [
    ...said('plcmt', plcmt, PLACEMENTS),
    ...said('pos', pos, POSITIONS),
    ...said('playbackmethod', playbackmethod, METHODS),
    ...attr.flatMap((each) => said('attr', each, ATTRIBUTES)),
  ];
}
