import { expect } from 'chai';
import { AdSubject } from '../../src/validation/ad-subject.ts';
import { subjectOfText } from '../../src/validation/subject.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

const of = (text: string, imp = {}) => {
  const subject = subjectOfText(text, { imp });
  return new AdSubject(subject.settled[0]!, subject);
};
const AUDIO = vast(inLineAd().replace('<Ad ', '<Ad adType="audio" '));

describe('AdSubject', () => {
  it('gathers what an ad holds', () => {
    const ad = of(vast(inLineAd()));
    expect(ad.mediaFiles.map(({ declared }) => declared.type)).to.deep.equal(['video/mp4']);
    expect([ad.linears.length, ad.nonLinears.length, ad.companions.length]).to.deep.equal([1, 0, 0]);
    expect([ad.durationSec, ad.isAudio]).to.deep.equal([15, false]);
  });

  it('holds an ad against the part of the imp that is for it', () => {
    const [video, audio] = [{ maxduration: 30 }, { maxduration: 60 }];
    expect(of(vast(inLineAd()), { video, audio }).slot).to.equal(video);
    expect(of(AUDIO, { video, audio }).slot).to.equal(audio);
    expect(of(AUDIO, { video }).slot).to.equal(video);
    expect(of(AUDIO).slot).to.equal(null);
  });
});
