import { expect } from 'chai';
import { defectOfBytes } from '../../src/vast/defect.ts';
import { subjectOfDefect, subjectOfText } from '../../src/validation/subject.ts';
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

  it('may be nothing but a defect of bytes that are no text', () => {
    const { hops, settled } = subjectOfDefect(defectOfBytes('no text'));
    expect(hops).to.have.length(1);
    expect(hops[0]).to.deep.include({ document: null, text: null, defect: defectOfBytes('no text') });
    expect(settled).to.deep.equal([]);
  });

  it('keeps the defect of a text that cannot be read', () => {
    const { hops, settled } = subjectOfText('<VAST');
    expect(hops[0]).to.include({ document: null, text: '<VAST' });
    expect(hops[0]!.defect!.code).to.equal(100);
    expect(settled).to.deep.equal([]);
  });
});
