import { expect } from 'chai';
import { playedAds } from '../../../src/admin/pages/played-ads.ts';
import { mergedResult } from '../../support/debug-run.ts';

const file = (url: string, attributes: string): string =>
  `<MediaFile delivery="progressive" ${attributes}>${url}</MediaFile>`;
const adOf = (files: string, more = '', linear = '') => {
  const inline = `<VAST version="4.2"><Ad id="i"><InLine><AdSystem>I</AdSystem><AdTitle>Tea</AdTitle><Impression>https://i.example/i</Impression><Creatives><Creative><Linear skipoffset="25%"><Duration>00:00:20</Duration>${linear}<MediaFiles>${files}</MediaFiles></Linear></Creative>${more}</Creatives></InLine></Ad></VAST>`;
  return playedAds(mergedResult(undefined, inline))[0]!;
};

describe('playedAds', () => {
  it('plays the progressive file that fits a page best', () => {
    const files = [
      file('https://m.example/hls.m3u8', 'type="application/x-mpegURL" width="640" height="360"'),
      file('https://m.example/4k.mp4', 'type="video/mp4" width="3840" height="2160"'),
      file('https://m.example/sd.mp4', 'type="video/mp4" width="640" height="360"'),
      file('https://m.example/hd.mp4', 'type="video/mp4" width="1280" height="720"'),
      file('https://m.example/a.mp3', 'type="audio/mpeg"'),
    ];
    expect(adOf(files.join('')).file).to.include({
      url: 'https://m.example/hd.mp4',
      origin: 'https://m.example',
      isSound: false,
    });
    expect(adOf(files[4]!).file).to.include({ isSound: true });
  });

  it('knows skip, click and the trackers of all hops', () => {
    const clicks = '<VideoClicks><ClickThrough>https://shop.example/</ClickThrough></VideoClicks>';
    const { title, skipSec, clickThrough, cues } = adOf('', '', clicks);
    expect([title, skipSec, clickThrough]).to.deep.equal(['Tea', 5, 'https://shop.example/']);
    expect(cues.filter(({ event }) => event === 'impression').map(({ url, hop }) => [url, hop])).to.deep.equal([
      ['https://i.example/i', 1],
      ['https://w.example/i', 0],
    ]);
  });

  it('shows pictures in their place and time', () => {
    const image = (url: string): string => `<StaticResource creativeType="image/png">${url}</StaticResource>`;
    const more = `<Creative><NonLinearAds><NonLinear width="300" height="50" minSuggestedDuration="00:00:05">${image('https://o.example/o.png')}</NonLinear></NonLinearAds></Creative><Creative><CompanionAds><Companion width="300" height="250">${image('https://c.example/c.png')}</Companion></CompanionAds></Creative>`;
    const icons = `<Icons><Icon program="x" offset="00:00:02" duration="00:00:03">${image('https://n.example/n.png')}</Icon></Icons>`;
    const { overlays, companions, icons: shown } = adOf('', more, icons);
    expect(overlays[0]).to.deep.equal({
      url: 'https://o.example/o.png',
      origin: 'https://o.example',
      width: 300,
      height: 50,
      fromSec: 0,
      toSec: 5,
    });
    expect(companions.map(({ url, toSec }) => [url, toSec])).to.deep.equal([['https://c.example/c.png', null]]);
    expect(shown[0]).to.include({ fromSec: 2, toSec: 5 });
  });

  it('says what it does not run or load', () => {
    const files = [
      file('https://m.example/v.js', 'type="application/javascript" apiFramework="VPAID"'),
      file('http://192.168.1.1/a.mp4', 'type="video/mp4"'),
      file('https://x;sandbox/a.mp4', 'type="video/mp4"'),
    ];
    const more =
      '<Creative><CompanionAds><Companion width="1" height="1"><IFrameResource>https://f.example/</IFrameResource></Companion></CompanionAds></Creative>';
    const simid = '<InteractiveCreativeFile apiFramework="SIMID">https://s.example/</InteractiveCreativeFile>';
    const { file: played, left, companions } = adOf(files.join('') + simid, more);
    expect([played, companions]).to.deep.equal([null, []]);
    expect(left.join('\n'))
      .to.match(/\(VPAID\).*not run/)
      .and.match(/\(SIMID\).*not run/)
      .and.match(/Companion is a page/)
      .and.match(/private network/);
  });

  it('has nothing of a result without a merged ad', () => {
    expect(playedAds({ merged: null })).to.deep.equal([]);
  });
});
