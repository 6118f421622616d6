import { expect } from 'chai';
import { extendedElements, type ExtendedName } from '../../src/vast/addendum.ts';
import { bodyOf, creatives, extensions } from '../support/ad-body.ts';

const found = (content: string, name: ExtendedName): readonly (readonly [string, string | undefined])[] =>
  extendedElements(bodyOf(content), name).map(({ element, creative }) => [
    element.text,
    creative?.attributes.get('id'),
  ]);
const linear = (id: string): string => `<Linear><MediaFiles><MediaFile id="${id}">u</MediaFile></MediaFiles></Linear>`;
const TWO = creatives(`<Creative id="a">${linear('m1')}</Creative>`, `<Creative id="b">${linear('m2')}</Creative>`);

describe('extendedElements', () => {
  it('reads those of the InLine, which name a Creative or a MediaFile, else belong to the first', () => {
    const ids = ['', ' creativeId="b"', ' creativeId="none"'].map((each) => `<UniversalAdId${each}>x</UniversalAdId>`);
    expect(
      found(TWO + extensions(`<Extension type="UniversalAdId">${ids.join('')}</Extension>`), 'UniversalAdId'),
    ).to.deep.equal([
      ['x', 'a'],
      ['x', 'b'],
      ['x', 'a'],
    ]);
    const mezzanine = '<Extension type="Mezzanine"><Mezzanine mediaFileId="m2">z</Mezzanine></Extension>';
    expect(found(TWO + extensions(mezzanine), 'Mezzanine')).to.deep.equal([['z', 'b']]);
  });

  it('reads those of a Creative, also where they stand in its Linear', () => {
    const own = (text: string): string =>
      `<CreativeExtensions><CreativeExtension type="Mezzanine"><Mezzanine>${text}</Mezzanine></CreativeExtension></CreativeExtensions>`;
    const content = creatives(`<Creative id="a"><Linear>${own('in')}</Linear>${own('below')}</Creative>`);
    expect(found(content, 'Mezzanine')).to.deep.equal([
      ['below', 'a'],
      ['in', 'a'],
    ]);
  });

  it('leaves what stands in extensions of another type', () => {
    const content = TWO + extensions('<Extension type="own"><Mezzanine>z</Mezzanine></Extension>');
    expect(found(content, 'Mezzanine')).to.deep.equal([]);
    expect(found('', 'Icon')).to.deep.equal([]);
  });
});
