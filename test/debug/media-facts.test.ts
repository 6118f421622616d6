import { expect } from 'chai';
import { mediaFacts } from '../../src/debug/media-facts.ts';
import { mediaVerdict } from '../support/media-verdict.ts';

describe('mediaFacts', () => {
  it('says what is known, and what was wrong', () => {
    expect(mediaFacts(mediaVerdict({ message: 'its index is damaged', frameRate: null })).join(', ')).to.equal(
      'video/mp4, 1280 × 720, 15 s, 533 kbit/s, avc1.64001f, mp4a.40.2, 1.0 MB, its index is damaged',
    );
  });
});
