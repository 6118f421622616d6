import { expect } from 'chai';
import { ofFile, ofManifest } from '../../src/validation/media-check.ts';
import type { FileSubject } from '../../src/validation/rule.ts';
import { UNTOLD } from '../support/rule-samples.ts';

const of = (verdict: object): FileSubject => ({ verdict: { url: 'u', ...UNTOLD, ...verdict } }) as FileSubject;

describe('ofFile', () => {
  it('looks at files that could be read', () => {
    expect(ofFile(() => 'm')(of({}))).to.equal('m');
    expect(ofFile(() => 'm')(of({ outcome: 'late' }))).to.equal(null);
  });
});

describe('ofManifest', () => {
  it('looks at manifests alone', () => {
    expect(ofManifest(({ length }) => String(length))(of({ renditions: [] }))).to.equal('0');
    expect(ofManifest(() => 'm')(of({}))).to.equal(null);
  });
});
