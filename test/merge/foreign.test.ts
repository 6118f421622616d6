import { expect } from 'chai';
import fc from 'fast-check';
import { collapse } from '../../src/merge/collapse.ts';
import { mergeAds } from '../../src/merge/merge.ts';
import { mixedStrictChain, writeSite } from '../support/chains.ts';
import { branchOf, settled } from '../support/settled.ts';
import { needSchemas, schemaErrors } from '../support/vast-schema.ts';
import { inLineAd, read, vast } from '../support/vast-text.ts';

/** What is reported as foreign when a Wrapper with this content leads to an InLine of this version. */
function foreign(version: string, content: string, inLine = inLineAd()): readonly string[] {
  const wrapper = vast(`<Ad><Wrapper><VASTAdTagURI>u</VASTAdTagURI>${content}</Wrapper></Ad>`);
  const { findings } = mergeAds([settled([wrapper], vast(inLine).replace('4.1', version))], {
    pod: false,
    dedupe: 'none',
  });
  return findings.filter(({ rule }) => rule === 'chain/version-foreign').map(({ message }) => message.split(';')[0]!);
}
const linear = (content: string): string => `<Creatives><Creative><Linear>${content}</Linear></Creative></Creatives>`;
const tracking = (attributes: string): string =>
  linear(`<TrackingEvents><Tracking ${attributes}>https://w.example</Tracking></TrackingEvents>`);
const icon = '<Icon program="p" width="1" height="1" xPosition="0" yPosition="0"/>';

describe('foreignParts', () => {
  it('finds the elements that a version does not have', () => {
    const viewable = '<ViewableImpression><Viewable>https://w.example</Viewable></ViewableImpression>';
    expect(foreign('3.0', viewable)).to.deep.equal(['VAST 3.0 has no Viewable in ViewableImpression']);
    expect(foreign('4.0', viewable)).to.deep.equal([]);
    expect(foreign('2.0', linear(`<Icons>${icon}</Icons>`))).to.deep.equal(['VAST 2.0 has no Icon in Icons']);
    expect(foreign('3.0', linear(`<Icons>${icon}</Icons>`))).to.deep.equal([]);
  });

  it('finds a second Icon where the schema allows one', () => {
    expect(foreign('4.1', linear(`<Icons>${icon}${icon}</Icons>`))).to.deep.equal(['VAST 4.1 has no second Icon']);
    expect(foreign('4.2', linear(`<Icons>${icon}${icon}</Icons>`))).to.deep.equal([]);
  });

  it('finds attributes and events', () => {
    expect(foreign('2.0', tracking('event="progress" offset="10%"'))).to.deep.equal([
      'VAST 2.0 has no event progress',
      'VAST 2.0 has no attribute offset on Tracking',
    ]);
    expect(foreign('4.2', tracking('event="fullscreen"'))).to.deep.equal(['VAST 4.2 has no event fullscreen']);
    expect(foreign('4.2', tracking('event="start"'))).to.deep.equal([]);
  });

  it('finds another order, and what a version wants', () => {
    const clicks = '<Icons><Icon><IconClicks><IconClickTracking/><IconClickThrough/></IconClicks></Icon></Icons>';
    expect(foreign('4.2', linear(clicks))).to.deep.equal(['VAST 4.2 has another order in IconClicks']);
    expect(foreign('3.0', linear(clicks))).to.deep.equal([
      'VAST 3.0 wants program, width, height, xPosition, yPosition on Icon',
    ]);
  });

  it('finds the attributes of a Creative that is made anew', () => {
    const companions =
      '<Creatives><Creative AdID="a"><CompanionAds required="all"><Companion width="1" height="1"><StaticResource creativeType="image/png">https://w.example</StaticResource></Companion></CompanionAds></Creative></Creatives>';
    expect(foreign('4.2', companions)).to.deep.equal(['VAST 4.2 has no attribute AdID on Creative']);
    expect(foreign('2.0', companions)).to.deep.equal(['VAST 2.0 has no attribute required on CompanionAds']);
  });

  it('finds attributes of an Extension, which from 4.0 on has its type alone', () => {
    const extension = '<Extensions><Extension type="t" name="n" xmlns:x="x"/></Extensions>';
    expect(foreign('4.0', extension)).to.deep.equal(['VAST 4.0 has no attribute name on Extension']);
    expect(foreign('3.0', extension)).to.deep.equal([]);
  });

  it('finds nothing in an Extension, which may hold everything', () => {
    const verification =
      '<AdVerifications><Verification vendor="v"><JavaScriptResource>https://w.example</JavaScriptResource></Verification></AdVerifications>';
    expect(foreign('2.0', verification)).to.deep.equal([]);
    expect(foreign('2.0', '<Extensions><Extension><Icons><Icon/></Icons></Extension></Extensions>')).to.deep.equal([]);
  });

  it('leaves no departure from the schema of the result unsaid, merged or collapsed', function () {
    needSchemas(this);
    fc.assert(
      fc.property(mixedStrictChain, (plan) => {
        const documents = Object.values(writeSite(plan, true).pages).reverse();
        const wrappers = documents.slice(0, -1);
        const results = [mergeAds([settled(wrappers, documents.at(-1)!)], { pod: false, dedupe: 'none' })];
        if (wrappers.length > 0) results.push(collapse(branchOf(wrappers), 'https://next.example/'));
        for (const { adm, findings } of results) {
          if (findings.some(({ rule }) => rule === 'chain/version-foreign')) continue;
          const { version } = read(adm);
          // 2.0 and 3.0 allow one Error; players take several.
          const text = version < '4.0' ? adm.replaceAll(/(<Error>.*?<\/Error>\s*(<!--.*?-->\s*)?)+/gs, '') : adm;
          expect(schemaErrors(text, version)).to.deep.equal([]);
        }
      }),
    );
  });
});
