import { expect } from 'chai';
import { mergeAds } from '../../src/merge/merge.ts';
import { settled } from '../support/settled.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

const companion = (attributes: string, content = ''): string => `<Companion ${attributes}>${content}</Companion>`;
const creative = (...companions: readonly string[]): string =>
  `<Creative><CompanionAds>${companions.join('')}</CompanionAds></Creative>`;
const resource = '<StaticResource creativeType="image/png">https://c.example/r.png</StaticResource>';
const click = (url: string): string => `<CompanionClickTracking id="c">${url}</CompanionClickTracking>`;

/** The InLine's companions after a wrapper's were merged: id and click trackings. */
function merged(own: readonly string[], wrapped: readonly string[], version = '4.1') {
  const inLine = vast(inLineAd().replace('</Creatives>', `${creative(...own)}</Creatives>`)).replace('4.1', version);
  const wrapper = vast(
    `<Ad><Wrapper><VASTAdTagURI>u</VASTAdTagURI><Creatives>${creative(...wrapped)}</Creatives></Wrapper></Ad>`,
  );
  const { adm } = mergeAds([settled([wrapper], inLine)], { pod: false, dedupe: 'none' });
  const companions = [...adm.matchAll(/<Companion id="(\w+)".*?<\/Companion>/g)];
  const clicks = companions.map(
    ([text, id]) =>
      `${id}: ${[...text.matchAll(/<CompanionClickTracking[^>]*>([^<]*)/g)].map((each) => each[1]).join(' ')}`,
  );
  return { adm, clicks };
}

describe('addCompanionTrackers', () => {
  const own = [
    companion('id="a" width="300" height="250"', resource),
    companion('id="b" width="728" height="90"', resource),
  ];

  it('finds the companion of the same id', () => {
    expect(merged(own, [companion('id="b" width="300" height="250"', click('x'))]).clicks).to.deep.equal([
      'a: ',
      'b: x',
    ]);
  });

  it('else that of the same size', () => {
    expect(merged(own, [companion('id="z" width=" 300" height="250"', click('x'))]).clicks).to.deep.equal([
      'a: x',
      'b: ',
    ]);
    expect(merged(own, [companion('width="728" height="90"', click('x'))]).clicks).to.deep.equal(['a: ', 'b: x']);
  });

  it('else takes all', () => {
    expect(merged(own, [companion('id="z" width="1" height="1"', click('x'))]).clicks).to.deep.equal(['a: x', 'b: x']);
    expect(merged(own, [companion('', click('x'))]).clicks).to.deep.equal(['a: x', 'b: x']);
  });

  it('leaves the companions alone that wrappers bring', () => {
    const wrapped = [companion('id="w" width="300" height="250"', resource), companion('id="a"', click('x'))];
    expect(merged(own, wrapped).clicks).to.deep.equal(['a: x', 'b: ', 'w: ']);
  });
});

describe('addCompanions', () => {
  it('gives the further Creative the UniversalAdId that 4.x wants', () => {
    const of = (version: string): string | undefined =>
      /<UniversalAdId.*<\/UniversalAdId>/.exec(merged([], [companion('id="w"', resource)], version).adm)?.[0];
    expect(of('3.0')).to.equal(undefined);
    expect(of('4.0')).to.equal('<UniversalAdId idRegistry="unknown" idValue="unknown">unknown</UniversalAdId>');
    expect(of('4.1')).to.equal('<UniversalAdId idRegistry="unknown">unknown</UniversalAdId>');
  });
});
