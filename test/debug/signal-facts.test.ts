import { expect } from 'chai';
import { signalFacts } from '../../src/debug/signal-facts.ts';

describe('signalFacts', () => {
  it('says each signal with its number and what people call it', () => {
    expect(signalFacts({ plcmt: 5, pos: 7, playbackmethod: 9, attr: [19, 22] })).to.deep.equal([
      'plcmt 5 (pause)',
      'pos 7 (full screen)',
      'playbackmethod 9 (on a pause, without sound)',
      'attr 19 (QR code)',
      'attr 22 (limited motion)',
    ]);
  });

  it('says the number alone where there is no word for it, and nothing where nothing was said', () => {
    expect(signalFacts({ plcmt: 99, pos: null, playbackmethod: null, attr: [1] })).to.deep.equal([
      'plcmt 99',
      'attr 1',
    ]);
  });
});
