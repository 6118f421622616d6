import { expect } from 'chai';
import { subjectOfText } from '../../src/validation/subject.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

describe('subjectOfText', () => {
  it('takes every InLine of a text for an ad that is reached', () => {
    const { hops, settled } = subjectOfText(vast(inLineAd({ id: 'a' }), wrapperAd(), inLineAd({ id: 'b' })));
    expect(hops).to.have.length(1);
    expect(settled.map(({ inline, branch, hop }) => [inline.id, branch.length, hop])).to.deep.equal([
      ['a', 0, 0],
      ['b', 0, 0],
    ]);
  });

  it('keeps what was odd about the bytes, and has no half letters', () => {
    const notes = [{ of: 'charset', message: 'm' }] as const;
    expect(subjectOfText('<VAST version="3.0">\ud800</VAST>', {}, notes).hops[0]).to.include({
      text: '<VAST version="3.0">\ufffd</VAST>',
      notes,
    });
    expect(subjectOfText('<VAST', {}, notes).hops[0]).to.include({ notes });
  });

  it('keeps the defect of a text that cannot be read', () => {
    const { hops, settled } = subjectOfText('<VAST');
    expect(hops[0]).to.include({ document: null, text: '<VAST' });
    expect(hops[0]!.defect!.code).to.equal(100);
    expect(settled).to.deep.equal([]);
  });
});
