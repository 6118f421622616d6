import { expect } from 'chai';
import { atRoot } from '../../src/validation/document-check.ts';
import { subjectOfText } from '../../src/validation/subject.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

describe('atRoot', () => {
  it('tells of the root of a document that could be read, and of no other', () => {
    const found = (text: string, message: string | null) => {
      const subject = subjectOfText(text);
      return atRoot(() => message)(subject.hops[0]!, subject);
    };
    const [problem, ...others] = found(vast(inLineAd()), 'it is odd');
    expect(problem).to.deep.include({ message: 'it is odd' });
    expect(problem!.element!.name).to.equal('VAST');
    expect(others).to.deep.equal([]);
    expect(found(vast(inLineAd()), null)).to.deep.equal([]);
    expect(found('<VAST', 'it is odd')).to.deep.equal([]);
  });
});
