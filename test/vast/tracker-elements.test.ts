import { expect } from 'chai';
import { countTrackers } from '../../src/vast/tracker-elements.ts';
import { inLineAd, read, vast } from '../support/vast-text.ts';

describe('countTrackers', () => {
  it('counts URLs that are told of something, and no others', () => {
    expect(countTrackers(read(vast(inLineAd({ error: 'https://e.example' }))).root)).to.equal(2);
    expect(countTrackers(read(vast(inLineAd({ impression: '' }))).root)).to.equal(0);
  });
});
