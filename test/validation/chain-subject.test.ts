import { expect } from 'chai';
import { chainSubject } from '../../src/validation/chain-subject.ts';
import { subjectOf, subjectOfText } from '../../src/validation/subject.ts';
import { settled } from '../support/settled.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

const WRAPPER = vast('<Ad><Wrapper><VASTAdTagURI>https://a.example/</VASTAdTagURI></Wrapper></Ad>');
const [given] = subjectOfText(WRAPPER).hops;
const failure = (reason: 'loop' | 'dns') => ({ reason, message: reason });

describe('chainSubject', () => {
  it('has every step from a wrapper to what came of it once', () => {
    const ad = settled([WRAPPER, WRAPPER], vast(inLineAd()));
    const other = { ...ad, hop: 3 };
    const { pairs } = chainSubject(subjectOf({ settled: [ad, other] }));
    expect(pairs.map(({ hop, nextHop }) => [hop, nextHop])).to.deep.equal([
      [0, 1],
      [1, 2],
      [1, 3],
    ]);
    expect(pairs.map(({ next }) => next)).to.deep.equal([ad.branch[1]!.document, ad.document, ad.document]);
  });

  it('has what failed at a hop, and what ended a branch without one', () => {
    const hops = [given!, { ...given!, hop: 1, failure: failure('dns') }];
    const failures = [
      { failure: failure('dns'), hop: 0 },
      { failure: failure('loop'), hop: 0 },
    ];
    expect(chainSubject(subjectOf({ hops, failures })).failed).to.deep.equal([
      { hop: 1, ...failure('dns') },
      { hop: 0, ...failure('loop') },
    ]);
  });

  it('has the hops that are looked at', () => {
    expect(chainSubject(subjectOf({ hops: [given!] })).checked()).to.deep.equal([given]);
  });
});
