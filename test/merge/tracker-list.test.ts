import { expect } from 'chai';
import { isTrackerName, isVerificationExtension, listTrackers } from '../../src/merge/tracker-list.ts';
import { read } from '../support/vast-text.ts';

const list = (content: string): readonly string[] => {
  const { ads } = read(`<VAST version="4.2"><Ad><InLine>${content}</InLine></Ad></VAST>`);
  return listTrackers(ads[0]!.body, 3).map(({ event, offset, url, hop }) => `${hop} ${event} ${offset ?? '-'} ${url}`);
};

describe('listTrackers', () => {
  it('names the events of the ad, of its creatives and of its verifications', () => {
    const tracking = '<TrackingEvents><Tracking event="start" offset="5%"> u </Tracking></TrackingEvents>';
    expect(
      list(
        `<Error>e</Error><Impression><![CDATA[i]]></Impression><ViewableImpression id="1"><Viewable>v</Viewable></ViewableImpression>
        <Creatives><Creative><Linear>${tracking}<VideoClicks><ClickThrough>t</ClickThrough><CustomClick>c</CustomClick></VideoClicks>
        <Icons><Icon><IconClicks><IconClickTracking>ic</IconClickTracking></IconClicks><IconViewTracking>iv</IconViewTracking></Icon></Icons>
        </Linear></Creative><Creative><NonLinearAds>${tracking}</NonLinearAds><CompanionAds><Companion>${tracking}
        <CompanionClickTracking>cc</CompanionClickTracking></Companion></CompanionAds></Creative></Creatives>
        <AdVerifications><Verification>${tracking}</Verification></AdVerifications>
        <Extensions><Extension type="AdVerifications"><AdVerifications><Verification>${tracking}</Verification></AdVerifications></Extension></Extensions>`,
      ),
    ).to.deep.equal([
      '3 error - e',
      '3 impression - i',
      '3 viewable - v',
      '3 linear.start 5% u',
      '3 linear.clickThrough - t',
      '3 linear.customClick - c',
      '3 icon.click - ic',
      '3 icon.view - iv',
      '3 nonLinear.start 5% u',
      '3 companion.start 5% u',
      '3 companion.clickTracking - cc',
      '3 verification.start 5% u',
      '3 verification.start 5% u',
    ]);
  });

  it('leaves out empty ones, and what only looks like a tracker', () => {
    expect(
      list('<Impression/><Extensions><Extension type="x"><Impression>u</Impression></Extension></Extensions>'),
    ).to.deep.equal([]);
  });
});

describe('isTrackerName', () => {
  it('knows the elements that hold a tracking URL', () => {
    expect(['Tracking', 'Impression', 'MediaFile'].map(isTrackerName)).to.deep.equal([true, true, false]);
  });
});

describe('isVerificationExtension', () => {
  it('goes by the type', () => {
    const { root } = read('<VAST version="3.0"><Extension type="AdVerifications"/><Extension type="other"/></VAST>');
    expect(root.children.map(isVerificationExtension)).to.deep.equal([true, false]);
  });
});
