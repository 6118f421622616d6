import { expect } from 'chai';
import {
  canBe,
  formatOf,
  isAlike,
  isAudioType,
  isManifestType,
  isSameFormat,
  isScriptType,
  isTextType,
} from '../../src/vast/media-type.ts';

describe('isScriptType', () => {
  it('knows the names of JavaScript', () => {
    const names = ['text/javascript', 'application/x-javascript', 'Application/ECMAScript; charset=utf-8', 'text/html'];
    expect(names.map(isScriptType)).to.deep.equal([true, true, true, false]);
  });
});

describe('isTextType', () => {
  it('knows scripts, pages and manifests from films', () => {
    const types = ['text/html', 'application/x-javascript', 'application/dash+xml', 'application/x-mpegURL'];
    expect(types.filter((type) => !isTextType(type))).to.deep.equal([]);
    expect(['video/mp4', 'application/octet-stream', ''].filter(isTextType)).to.deep.equal([]);
  });
});

describe('formatOf', () => {
  const NAMES: Readonly<Record<string, readonly string[]>> = {
    'application/vnd.apple.mpegurl': ['application/x-mpegURL', 'audio/x-mpegurl', 'audio/mpegurl', 'Application/Vnd.Apple.mpegURL; charset=utf-8', 'application/mpegurl', 'video/mpegurl'], // prettier-ignore
    'application/dash+xml': ['application/dash+xml', 'video/vnd.mpeg.dash.mpd'],
    'application/javascript': ['text/javascript', 'application/x-javascript', 'text/ecmascript', 'text/javascript1.5', 'TEXT/JavaScript; a=b'], // prettier-ignore
    'video/mp4': ['video/mp4', ' Video/MP4 ; codecs="avc1"', 'video/x-m4v', 'video/mpeg4', 'application/mp4'],
    'audio/mp4': ['audio/x-m4a', 'audio/m4a'],
    'audio/mpeg': ['audio/mpeg', 'audio/x-mpeg-3', 'audio/mpeg3', 'audio/mpg'],
    'audio/mp3': ['audio/mp3', 'audio/x-mp3'],
    'video/x-flv': ['video/flv'],
    'image/jpeg': ['image/jpg', 'image/pjpeg'],
    'application/x-shockwave-flash': ['application/vnd.adobe.flash.movie'],
    'text/html': ['application/xhtml+xml', 'text/html'],
    'video/vnd.unheard-of': ['video/vnd.unheard-of', 'Video/vnd.Unheard-Of; a=1'],
    constructor: ['constructor'],
    '': ['', ' ', ';'],
  };
  for (const [format, names] of Object.entries(NAMES)) {
    it(`knows the names of ${format || 'nothing'}`, () => {
      expect([...new Set(names.map(formatOf))]).to.deep.equal([format]);
      expect(isSameFormat(names[0]!, names.at(-1)!)).to.equal(true);
    });
  }

  it('keeps apart what players keep apart', () => {
    const apart = ['audio/mp3', 'audio/mpeg', 'audio/mp4', 'video/mp4', 'video/quicktime', 'video/3gpp', 'video/webm', 'audio/webm', 'application/x-mpegurl', 'application/dash+xml']; // prettier-ignore
    expect(new Set(apart.map(formatOf)).size).to.equal(apart.length);
  });

  it('tells sound and manifests by the format, whatever the name says', () => {
    expect(['audio/mp4', 'Audio/MPEG', 'audio/mpegurl', 'video/mp4', ''].map(isAudioType)).to.deep.equal([true, true, false, false, false]); // prettier-ignore
    expect(['audio/mpegurl', 'video/vnd.mpeg.dash.mpd', 'video/mp4'].map(isManifestType)).to.deep.equal([true, true, false]); // prettier-ignore
  });
});

describe('isAlike', () => {
  it('goes by the container, without parameters and case', () => {
    expect(isAlike('VIDEO/MP4; codecs="avc1.64001f"', 'video/mp4')).to.equal(true);
    expect(isAlike('video/quicktime', 'video/mp4')).to.equal(true);
    expect(isAlike('audio/mp3', 'audio/mpeg')).to.equal(true);
    expect(isAlike('application/x-javascript', 'text/javascript')).to.equal(true);
    expect(isAlike('video/webm', 'video/mp4')).to.equal(false);
    expect(isAlike('text/plain', 'text/javascript')).to.equal(false);
  });
});

describe('canBe', () => {
  it('takes a text for a script, and an element for a page', () => {
    expect(canBe('text/plain', 'text/javascript')).to.equal(true);
    expect(canBe('application/xml', 'text/html; charset=utf-8')).to.equal(true);
    expect(canBe('video/mp4', 'audio/mp4')).to.equal(true);
  });

  it('takes no page for a script, nor any text for a page or a film', () => {
    expect(canBe('text/html', 'text/javascript')).to.equal(false);
    expect(canBe('text/plain', 'text/html')).to.equal(false);
    expect(canBe('text/plain', 'video/mp4')).to.equal(false);
  });
});
