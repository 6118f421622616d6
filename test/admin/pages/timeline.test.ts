import { expect } from 'chai';
import { timeline } from '../../../src/admin/pages/timeline.ts';
import type { Tracker } from '../../../src/merge/tracker.ts';
import { listTrackers } from '../../../src/merge/tracker-list.ts';
import { readDocument } from '../../../src/vast/document.ts';
import type { Element } from '../../../src/vast/element.ts';

const adOf = (inline: string): Element => {
  const read = readDocument(`<VAST version="4.2"><Ad><InLine>${inline}</InLine></Ad></VAST>`);
  if (!read.ok) throw new Error(read.defect.message);
  return read.document.ads[0]!.element;
};
const linear = (trackers: string, more = ''): string =>
  `<Creatives><Creative><Linear><TrackingEvents>${trackers}</TrackingEvents>${more}</Linear></Creative></Creatives>`;
const tracking = (event: string, offset?: string): string =>
  `<Tracking event="${event}"${offset === undefined ? '' : ` offset="${offset}"`}>https://t.example/${event}</Tracking>`;
const cues = (inline: string, durationSec: number | null, known: readonly Tracker[] = []) =>
  timeline(adOf(inline), durationSec, known).map(({ event, atSec, on }) => [event, atSec ?? on]);

describe('timeline', () => {
  it('puts what fires by itself at its time, then what the viewer does', () => {
    const events = ['complete', 'skip', 'thirdQuartile', 'midpoint', 'mute', 'firstQuartile', 'start'];
    expect(cues(`<Impression>https://t.example/i</Impression>${linear(events.map((each) => tracking(each)).join(''))}`, 20)).to.deep.equal([
      ['impression', 0],
      ['linear.start', 0],
      ['linear.firstQuartile', 5],
      ['linear.midpoint', 10],
      ['linear.thirdQuartile', 15],
      ['linear.complete', 20],
      ['linear.skip', 'skip'],
      ['linear.mute', 'mute'],
    ]); // prettier-ignore
  });

  it('goes by the offset of progress, as a time or a part', () => {
    const offsets = ['00:00:07', '50%', '00:00:02.500', 'soon', '00:01:00'].map((each) => tracking('progress', each));
    expect(cues(linear(offsets.join('') + tracking('progress')), 20)).to.deep.equal([
      ['linear.progress', 2.5],
      ['linear.progress', 7],
      ['linear.progress', 10],
      ['linear.progress', 'never'],
      ['linear.progress', 60],
      ['linear.progress', 'never'],
    ]); // prettier-ignore
  });

  it('says what can never come: a progress behind the end', () => {
    const [cue] = timeline(adOf(linear(tracking('progress', '00:01:00'))), 20, []);
    expect(cue).to.include({ atSec: 60, on: 'never' });
  });

  it('keeps shares of a duration that nobody said in their order', () => {
    const given = timeline(
      adOf(linear(tracking('complete') + tracking('firstQuartile') + tracking('start'))),
      null,
      [],
    );
    expect(given.map(({ event, atSec, share }) => [event, atSec, share])).to.deep.equal([
      ['linear.start', 0, null],
      ['linear.firstQuartile', null, 0.25],
      ['linear.complete', null, 1],
    ]);
  });

  it('knows clicks, icons, companions, overlays, views and verification', () => {
    const icons =
      '<Icons><Icon offset="00:00:03"><IconViewTracking>https://t.example/v</IconViewTracking><IconClicks><IconClickTracking>https://t.example/c</IconClickTracking></IconClicks></Icon></Icons>';
    const clicks =
      '<VideoClicks><ClickThrough>https://shop.example/</ClickThrough><ClickTracking>https://t.example/k</ClickTracking></VideoClicks>';
    const companion = `<Creative><CompanionAds><Companion width="1" height="1"><CompanionClickTracking>https://t.example/cc</CompanionClickTracking><TrackingEvents>${tracking('creativeView')}</TrackingEvents></Companion></CompanionAds></Creative>`;
    const inline = `<ViewableImpression><Viewable>https://t.example/w</Viewable><NotViewable>https://t.example/n</NotViewable></ViewableImpression><AdVerifications><Verification vendor="v"><TrackingEvents>${tracking('verificationNotExecuted')}</TrackingEvents></Verification></AdVerifications>${linear(tracking('start'), clicks + icons).replace('</Creatives>', `${companion}</Creatives>`)}<Error>https://t.example/e</Error>`;
    expect(cues(inline, 20)).to.have.deep.members([
      ['viewable', 2],
      ['notViewable', 'unseen'],
      ['verification.verificationNotExecuted', 'script'],
      ['linear.start', 0],
      ['linear.clickTracking', 'click'],
      ['icon.view', 3],
      ['icon.click', 'iconClick'],
      ['companion.clickTracking', 'companionClick'],
      ['companion.creativeView', 0],
      ['error', 'error'],
    ]);
  });

  it('takes the hop of each from the list of the result, of two alike in turn', () => {
    const ad = adOf(
      '<Impression>https://t.example/i</Impression><Impression>https://t.example/i</Impression><Impression>https://t.example/o</Impression>',
    );
    const [one, other] = listTrackers(ad, 0);
    const hops = timeline(ad, null, [
      { ...one!, hop: 2 },
      { ...other!, hop: 0 },
    ]).map(({ hop }) => hop);
    expect(hops).to.deep.equal([2, 0, null]);
  });
});
