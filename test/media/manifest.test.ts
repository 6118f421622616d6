import { expect } from 'chai';
import fc from 'fast-check';
import { MANIFEST_TYPES, readDash, readHls, readManifest } from '../../src/media/manifest.ts';

const MASTER = `#EXTM3U
#EXT-X-STREAM-INF:BANDWIDTH=900000,AVERAGE-BANDWIDTH=800000,RESOLUTION=640x360,CODECS="avc1.64001e,mp4a.40.2"
360/index.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=2500000,RESOLUTION=1280x720
720/index.m3u8
#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=90000,URI="iframes.m3u8"
`;

const MEDIA = '#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\n0.ts\n#EXTINF:5.5,\n1.ts\n';

describe('readManifest', () => {
  it('reads each type by its own reader', () => {
    const read = (type: string, text: string): boolean => readManifest({ type, text }).facts !== null;
    expect(
      MANIFEST_TYPES.map((type) => [read(type, MASTER), read(type, mpd(`<Period>${SETS}</Period>`))]),
    ).to.deep.equal([
      [true, false],
      [false, true],
    ]);
  });
});

describe('readHls', () => {
  it('reads the renditions of a master playlist, and where the first of them is', () => {
    expect(readHls(MASTER)).to.deep.equal({
      renditions: [
        { width: 640, height: 360, bitrate: 800, codecs: 'avc1.64001e,mp4a.40.2' },
        { width: 1280, height: 720, bitrate: 2500, codecs: null },
      ],
      durationSec: null,
      next: '360/index.m3u8',
    });
  });

  it('reads the duration of a media playlist that has an end', () => {
    expect(readHls(`${MEDIA}#EXT-X-ENDLIST\n`)).to.deep.equal({
      renditions: [{ width: null, height: null, bitrate: null, codecs: null }],
      durationSec: 11.5,
      next: null,
    });
    expect(readHls(MEDIA)?.durationSec).to.equal(null);
  });

  it('is null for what is none', () => {
    for (const text of ['', '<MPD/>', 'EXTM3U']) expect(readHls(text)).to.equal(null);
  });

  it('has no renditions where there is neither a variant nor a segment', () => {
    for (const text of ['#EXTM3U\n', '#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXT-X-ENDLIST\n'])
      expect(readHls(text)).to.deep.equal({ renditions: [], durationSec: null, next: null });
  });

  it('takes any text', () => {
    const line = fc.constantFrom(
      ...MASTER.split('\n'),
      ...MEDIA.split('\n'),
      '#EXT-X-BYTERANGE:x',
      '#EXT-X-KEY:METHOD=',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(line, fc.string()), { maxLength: 30 }), (lines) => {
        readHls(['#EXTM3U', ...lines].join('\n'));
      }),
    );
  });
});

const mpd = (periods: string, attributes = 'mediaPresentationDuration="PT1M0.5S"'): string =>
  `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" ${attributes}>${periods}</MPD>`;

const SETS = `
  <AdaptationSet mimeType="video/mp4" codecs="avc1.64001e">
    <Representation id="0" bandwidth="800400" width="640" height="360"/>
    <Representation id="1" bandwidth="2500000" width="1280" height="720" codecs="avc1.64001f"/>
  </AdaptationSet>
  <AdaptationSet contentType="text"><Representation id="2" bandwidth="100"/></AdaptationSet>`;

describe('readDash', () => {
  it('reads renditions and duration', () => {
    expect(readDash(mpd(`<Period>${SETS}</Period>`))).to.deep.equal({
      renditions: [
        { width: 640, height: 360, bitrate: 800, codecs: 'avc1.64001e' },
        { width: 1280, height: 720, bitrate: 2500, codecs: 'avc1.64001f' },
      ],
      durationSec: 60.5,
      next: null,
    });
  });

  it('adds up the periods where the whole has no duration', () => {
    const periods = `<Period duration="PT10S">${SETS}</Period><Period duration="PT5S">${SETS}</Period>`;
    expect(readDash(mpd(periods, ''))?.durationSec).to.equal(15);
    expect(readDash(mpd(`<Period>${SETS}</Period>`, ''))?.durationSec).to.equal(null);
  });

  it('is null for what is none, is empty or is refused as hostile', () => {
    const hostile = `<!DOCTYPE MPD [<!ENTITY a "b">]>${mpd(`<Period>${SETS}</Period>`)}`;
    for (const text of ['', '<VAST/>', mpd(''), mpd('<Period/>'), '<MPD>', hostile])
      expect(readDash(text)).to.equal(null);
  });
});
