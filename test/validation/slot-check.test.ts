import { expect } from 'chai';
import { adSubject } from '../../src/validation/ad-subject.ts';
import { atAd, listOf } from '../../src/validation/slot-check.ts';
import { subjectOfText } from '../../src/validation/subject.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

describe('atAd', () => {
  it('makes a list of one thing found, or of none', () => {
    const subject = subjectOfText(vast(inLineAd()));
    const ad = adSubject(subject.settled[0]!, subject);
    expect(atAd(() => null)(ad)).to.deep.equal([]);
    expect(atAd(({ body }) => ({ element: body, message: 'm' }))(ad)).to.deep.equal([
      { element: ad.body, message: 'm' },
    ]);
  });
});

describe('listOf', () => {
  it('cuts long lists', () => {
    expect(listOf([1, 'b'])).to.equal('1, b');
    expect(listOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).to.equal('1, 2, 3, 4, 5, 6, 7, 8 and 2 more');
  });
});
