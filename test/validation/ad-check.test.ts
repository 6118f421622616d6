import { expect } from 'chai';
import { atAd } from '../../src/validation/ad-check.ts';
import { AdSubject } from '../../src/validation/ad-subject.ts';
import { subjectOfText } from '../../src/validation/subject.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

describe('atAd', () => {
  it('makes a list of one thing found, or of none', () => {
    const subject = subjectOfText(vast(inLineAd()));
    const ad = new AdSubject(subject.settled[0]!, subject);
    expect(atAd(() => null)(ad)).to.deep.equal([]);
    expect(atAd(({ body }) => ({ element: body, message: 'm' }))(ad)).to.deep.equal([
      { element: ad.body, message: 'm' },
    ]);
  });
});
