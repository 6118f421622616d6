import { expect } from 'chai';
import { KNOWN_ATTRIBUTES, KNOWN_CHILDREN } from '../../src/vast/schema-additions.ts';
import { SCHEMA_VERSIONS, wordsOf, type Row } from '../../src/vast/schema-table.ts';

const has = (row: Row | undefined, word: string): readonly boolean[] =>
  SCHEMA_VERSIONS.map((version) => wordsOf(row, version)?.includes(word) ?? false);

describe('KNOWN_CHILDREN', () => {
  it('gives a NonLinear of any 4.x the media of a Linear, and of nothing before', () => {
    expect(has(KNOWN_CHILDREN['NonLinear'], '~MediaFiles')).to.deep.equal([false, false, true, true, true]);
    expect(has(KNOWN_CHILDREN['NonLinearAds'], '~Icons')).to.deep.equal([false, false, true, true, true]);
    expect(has(KNOWN_CHILDREN['Wrapper/NonLinear'], '~MediaFiles')).to.not.include(true);
  });

  it('keeps what the schemas have', () => {
    expect(has(KNOWN_CHILDREN['NonLinear'], 'AdParameters')).to.not.include(false);
    expect(wordsOf(KNOWN_CHILDREN['Creative'], '4.2')).to.deep.equal(
      'CompanionAds CreativeExtensions Linear NonLinearAds UniversalAdId+'.split(' '),
    );
  });
});

describe('KNOWN_ATTRIBUTES', () => {
  it('knows the regulation that an icon is for, and whose signal an extension holds', () => {
    expect(has(KNOWN_ATTRIBUTES['Icon'], 'regs')).to.deep.equal([false, true, true, true, true]);
    expect(has(KNOWN_ATTRIBUTES['Extension'], 'ext')).to.deep.equal([false, false, true, true, true]);
  });
});
