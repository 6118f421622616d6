import { expect } from 'chai';
import { mergeAds } from '../../src/merge/merge.ts';
import type { Finding } from '../../src/validation/finding.ts';
import { settled } from '../support/settled.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

function findingsOf(creative: string, inLine = vast(inLineAd())): readonly Finding[] {
  const wrapper = vast(
    `\n<Ad><Wrapper><VASTAdTagURI>u</VASTAdTagURI><Creatives><Creative>\n${creative}</Creative></Creatives></Wrapper></Ad>`,
  );
  return mergeAds([settled([wrapper], inLine)], { pod: false, dedupe: 'none' }).findings;
}

describe('mergeAd', () => {
  it('lists each tracker that finds nothing to belong to', () => {
    const findings = findingsOf(
      '<NonLinearAds><TrackingEvents><Tracking event="close">https://w.example/</Tracking></TrackingEvents>' +
        '<NonLinear><NonLinearClickTracking>https://w.example/</NonLinearClickTracking></NonLinear></NonLinearAds>',
    );
    expect(findings.map(({ rule, path }) => [rule, path])).to.deep.equal([
      ['chain/unmerged-tracker', '/VAST/Ad[1]/Wrapper/Creatives/Creative/NonLinearAds/TrackingEvents/Tracking'],
      [
        'chain/unmerged-tracker',
        '/VAST/Ad[1]/Wrapper/Creatives/Creative/NonLinearAds/NonLinear/NonLinearClickTracking',
      ],
    ]);
    expect(findings[0]).to.include({
      ...{ severity: 'info', hop: 0, line: 3 },
      message: 'Tracking was left out: the ad has no NonLinearAds that it could belong to',
    });
  });

  it('reports what has no meaning in the creatives of a Wrapper, and leaves it out', () => {
    const findings = findingsOf(
      '<Linear skipoffset="00:00:05"><Duration>00:00:05</Duration><TrackingEvents/><MediaFiles><MediaFile/></MediaFiles></Linear>',
    );
    expect(findings.map(({ rule, message }) => [rule, message])).to.deep.equal([
      ['chain/media-in-wrapper', 'attribute skipoffset of Linear has no meaning in a Wrapper'],
      ['chain/media-in-wrapper', 'Duration has no meaning in a Wrapper'],
      ['chain/media-in-wrapper', 'MediaFiles has no meaning in a Wrapper'],
    ]);
  });
});
