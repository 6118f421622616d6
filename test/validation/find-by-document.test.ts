import { expect } from 'chai';
import { elementProblems } from '../../src/validation/element-problems.ts';
import { findByDocument } from '../../src/validation/find-by-document.ts';
import { read } from '../support/vast-text.ts';

const document = (elements: number, characters = 0) => ({
  document: read(`<VAST version="4.2"><!--${' '.repeat(characters)}-->${'<Ad/>'.repeat(elements)}</VAST>`),
});
const turns = (...hops: Parameters<typeof findByDocument>[0]): number => [...findByDocument(hops)].length;

describe('findByDocument', () => {
  it('leaves an ordinary chain alone', () => {
    expect(turns(document(50), { document: null }, document(50), document(50))).to.equal(0);
  });

  it('gives the loop back between documents that cost much, and before what comes then', () => {
    expect(turns(document(1, 400_000), document(1, 400_000), document(1, 400_000))).to.equal(3);
    expect(turns(document(3900), document(50, 100_000), document(40))).to.equal(2);
  });

  it('finds what is found later then', () => {
    const [one, other] = [document(1, 400_000), document(1, 400_000)];
    const steps = findByDocument([one, other]);
    steps.next();
    expect(elementProblems(one.document)).to.not.have.length(0);
    steps.next();
    expect(elementProblems(other.document)).to.equal(elementProblems(other.document));
  });
});
