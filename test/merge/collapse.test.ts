import { expect } from 'chai';
import { collapse } from '../../src/merge/collapse.ts';
import { branchOf } from '../support/settled.ts';
import { read, vast, wrapperAd, inLineAd } from '../support/vast-text.ts';
import { needSchemas, schemaErrors } from '../support/vast-schema.ts';

const creatives = (linear: string): string => `<Creatives><Creative><Linear>${linear}</Linear></Creative></Creatives>`;
const wrapper = (host: string, ...creativeParts: readonly string[]): string =>
  `<VAST version="4.2" xmlns="http://www.iab.com/VAST"><Ad id="${host}"><Wrapper><AdSystem>${host}</AdSystem><Impression>https://${host}.example/i</Impression>` +
  `${creativeParts.join('')}<VASTAdTagURI>https://next.example/?cb=[CACHEBUSTING]</VASTAdTagURI></Wrapper></Ad></VAST>`;

describe('collapse', () => {
  it('is the innermost wrapper with everything of those above it, its URI and flags as they stood', () => {
    const inner = vast(
      wrapperAd({ id: 'w1', uri: 'https://c.example/?x=[CACHEBUSTING]', attributes: 'fallbackOnNoAd="1"' }),
    );
    const { adm, insertions } = collapse(branchOf([vast(wrapperAd({ id: 'w0' })), inner]), 'https://c.example/');
    const [start, end] = [insertions[0]!.start, insertions[0]!.end];
    expect(adm.slice(0, start) + adm.slice(end)).to.equal(inner);
    expect(adm.slice(start, end)).to.equal('<Impression>https://t.example/w0</Impression>');
    expect(insertions).to.have.length(1);
  });

  it('makes a relative URI absolute, since the document moves', () => {
    for (const uri of ['/vast?a=1&b=[CACHEBUSTING]', '//c.example/vast?a=1&b=[CACHEBUSTING]', 'vast']) {
      const { adm } = collapse(branchOf([vast(wrapperAd({ uri }))]), 'https://c.example/vast?a=1&b=[CACHEBUSTING]');
      const [ad] = read(adm).ads;
      expect(ad).to.include({ kind: 'wrapper', tagUri: 'https://c.example/vast?a=1&b=[CACHEBUSTING]' });
    }
  });

  it('leaves out what is there already, where the caller asks for it', () => {
    const same = branchOf([vast(wrapperAd({ id: 'w0' })), vast(wrapperAd({ id: 'w0' }))]);
    const impressions = (dedupe: 'none' | 'exact'): number =>
      collapse(same, 'https://c.example/', { dedupe }).adm.split('<Impression>').length - 1;
    expect([impressions('none'), impressions('exact')]).to.deep.equal([2, 1]);
  });

  it('takes the other ads out', () => {
    const { adm } = collapse(branchOf([vast(wrapperAd(), inLineAd({ id: 'spare' }))]), 'https://c.example/');
    expect(adm).to.equal(vast(wrapperAd()));
  });

  it('makes what the innermost wrapper does not have, valid by its schema', function () {
    const outer = wrapper(
      'outer',
      creatives(
        '<Icons><Icon program="p"><IconViewTracking>https://outer.example/icon</IconViewTracking></Icon></Icons>' +
          '<TrackingEvents><Tracking event="start">https://outer.example/start</Tracking></TrackingEvents>' +
          '<VideoClicks><ClickTracking>https://outer.example/click</ClickTracking><ClickThrough>https://outer.example/through</ClickThrough></VideoClicks>',
      ).replace(
        '</Creatives>',
        '<Creative><NonLinearAds><TrackingEvents><Tracking event="close">https://outer.example/close</Tracking></TrackingEvents>' +
          '<NonLinear><NonLinearClickTracking>https://outer.example/nl1</NonLinearClickTracking></NonLinear>' +
          '<NonLinear><NonLinearClickTracking>https://outer.example/nl2</NonLinearClickTracking></NonLinear></NonLinearAds></Creative>' +
          '<Creative><CompanionAds><Companion width="1" height="2"><CompanionClickTracking id="c">https://outer.example/cc</CompanionClickTracking></Companion></CompanionAds></Creative></Creatives>',
      ),
    );
    const { adm, trackers, findings } = collapse(branchOf([outer, wrapper('inner')]), 'https://next.example/');
    expect(findings).to.deep.equal([]);
    expect(trackers().map(({ event, hop }) => `${hop} ${event}`)).to.deep.equal([
      '1 impression',
      '0 impression',
      '0 linear.start',
      '0 linear.clickTracking',
      '0 linear.clickThrough',
      '0 icon.view',
      '0 nonLinear.close',
      '0 nonLinear.clickTracking',
      '0 nonLinear.clickTracking',
      '0 companion.clickTracking',
    ]);
    needSchemas(this);
    expect(schemaErrors(adm, '4.2')).to.deep.equal([]);
  });

  it('keeps the click-through and the icon of the closest wrapper', () => {
    const of = (host: string): string =>
      wrapper(
        host,
        creatives(
          `<Icons><Icon program="p" height="1"/></Icons><VideoClicks><ClickThrough>https://${host}.example/</ClickThrough></VideoClicks>`,
        ),
      );
    const { adm } = collapse(branchOf([of('outer'), of('inner')]), 'https://next.example/');
    expect(adm.match(/<ClickThrough>[^<]*|<Icon /g)).to.deep.equal(['<Icon ', '<ClickThrough>https://inner.example/']);
  });
});
