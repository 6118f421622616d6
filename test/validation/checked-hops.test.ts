import { expect } from 'chai';
import { checkedHops, MAX_ELEMENTS } from '../../src/validation/checked-hops.ts';
import { subjectOfText } from '../../src/validation/subject.ts';

describe('checkedHops', () => {
  const hopOf = (elements: number): ReturnType<typeof subjectOfText>['hops'][number] =>
    subjectOfText(`<VAST version="4.2">${'<a/>'.repeat(elements - 1)}</VAST>`).hops[0]!;
  const checked = (...elements: readonly number[]): readonly number[] => {
    const hops = elements.map(hopOf);
    return checkedHops(hops).map((hop) => hops.indexOf(hop));
  };

  it('are all that are within the limit together', () => {
    expect(checked(3000, MAX_ELEMENTS - 3000)).to.deep.equal([0, 1]);
    expect(checked(3000, MAX_ELEMENTS - 2999, 1)).to.deep.equal([0]);
  });

  it('leave out what could not be read', () => {
    expect(checkedHops(subjectOfText('no XML').hops)).to.deep.equal([]);
  });
});
