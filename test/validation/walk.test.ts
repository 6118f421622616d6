import { expect } from 'chai';
import { subjectOfText, type ReadHop } from '../../src/validation/subject.ts';
import { walk } from '../../src/validation/walk.ts';
import type { Place } from '../../src/validation/place.ts';
import { vast } from '../support/vast-text.ts';

function places(text: string): readonly Place[] {
  const visited: Place[] = [];
  walk((subjectOfText(text).hops[0] as ReadHop).document, (place) => visited.push(place));
  return visited;
}
const names = (text: string): readonly string[] => places(text).map(({ element }) => element.name);

describe('walk', () => {
  it('visits every element once, parents first, and knows in which body it is', () => {
    const visited = places(vast('<Ad><InLine><AdSystem/><Creatives><Creative/></Creatives></InLine></Ad>'));
    expect(visited.map(({ element, body }) => [element.name, body])).to.deep.equal([
      ['VAST', null],
      ['Ad', null],
      ['InLine', 'InLine'],
      ['AdSystem', 'InLine'],
      ['Creatives', 'InLine'],
      ['Creative', 'InLine'],
    ]);
  });

  it('visits an unknown element but nothing inside it', () => {
    const visited = places(vast('<Ad><InLine><Own><AdSystem/></Own></InLine></Ad>'));
    expect(visited.map(({ element, schema }) => [element.name, schema !== null])).to.deep.equal([
      ['VAST', true],
      ['Ad', true],
      ['InLine', true],
      ['Own', false],
    ]);
  });

  it('looks into an Extension for verifications alone', () => {
    const extension = (type: string): string =>
      vast(
        `<Ad><InLine><Extensions><Extension type="${type}"><AdVerifications><Verification/></AdVerifications></Extension></Extensions></InLine></Ad>`,
      );
    expect(names(extension('own'))).not.to.include('Verification');
    expect(names(extension('AdVerifications'))).to.include('Verification');
  });

  it('knows what may stand once and stands there again', () => {
    const visited = places(
      vast('<Ad><InLine><AdTitle/><Impression/><AdTitle/><Impression/><own/><own/></InLine></Ad>'),
    );
    expect(visited.filter(({ isAgain }) => isAgain).map(({ element }) => element.name)).to.deep.equal(['AdTitle']);
  });
});
