import { expect } from 'chai';
import { misfitOf } from '../../src/projection/misfit.ts';
import type { Profile } from '../../src/projection/profile.ts';
import { UNTOLD } from '../support/rule-samples.ts';
import type { MediaFile } from '../../src/vast/creative.ts';

const FILE: MediaFile = {
  url: 'https://cdn.example/a.mp4',
  type: 'video/mp4',
  delivery: 'progressive',
  width: 1920,
  height: 1080,
  bitrate: 5000,
  codec: 'avc1.64001f, mp4a.40.2',
  apiFramework: null,
};
const misfit = (file: Partial<MediaFile>, profile: Profile, verdict = {}): string | null =>
  misfitOf({ ...FILE, ...file }, profile, { ...UNTOLD, url: FILE.url, ...verdict });

describe('misfitOf', () => {
  for (const [what, profile, reason] of [
    ['another type', { types: ['video/webm'] }, 'type'],
    ['another codec', { codecs: ['vp9', 'mp4a'] }, 'codec'],
    ['more columns', { maxWidth: 1919 }, 'size'],
    ['more lines', { maxHeight: 1079 }, 'size'],
    ['more bitrate', { maxBitrate: 4999 }, 'bitrate'],
    ['a longer URL', { maxUrlLength: 24 }, 'url-length'],
  ] as const)
    it(`is for ${what}`, () => {
      expect(misfit({}, profile)).to.equal(reason);
    });

  it('is for a script that the device does not run, and for plain http', () => {
    expect(misfit({ apiFramework: 'VPAID' }, { apis: [7] })).to.equal('api');
    expect(misfit({ apiFramework: 'SIMID' }, { apis: [7, 8] })).to.equal(null);
    expect(misfit({ apiFramework: 'Own' }, { apis: [] })).to.equal('api');
    expect(misfit({ url: 'http://cdn.example/a.mp4' }, { httpsOnly: true })).to.equal('insecure');
    expect(misfit({ url: 'http://cdn.example/a.mp4' }, { httpsOnly: false })).to.equal(null);
    expect(misfit({ url: '' }, {})).to.equal('no-url');
  });

  it('knows types and codecs under all of their names', () => {
    expect(misfit({ type: 'Video/X-MP4; codecs=1' }, { types: ['video/mp4'] })).to.equal(null);
    for (const codec of ['H.264', 'h264', 'AVC1.4D401E', 'avc1'])
      expect(misfit({ codec }, { codecs: ['avc1'] }), codec).to.equal(null);
    expect(misfit({ codec: 'HEVC' }, { codecs: ['avc1'] })).to.equal('codec');
  });

  it('has nothing against what a file does not say', () => {
    const silent = { type: null, width: null, height: null, bitrate: null, codec: null };
    const strict = { types: ['video/webm'], codecs: ['vp9'], maxWidth: 1, maxHeight: 1, maxBitrate: 1 };
    expect(misfit(silent, strict)).to.equal(null);
  });

  it('goes by the file itself where that is known', () => {
    expect(misfit({}, { maxHeight: 720 }, { height: 720 })).to.equal(null);
    expect(misfit({}, { codecs: ['avc1'] }, { videoCodec: 'hvc1.1.6.L93' })).to.equal('codec');
    expect(misfit({ type: 'video/webm' }, { types: ['video/mp4'] }, { type: 'video/mp4' })).to.equal(null);
  });

  it('reads the lists of a profile once, however many files there are', () => {
    let reads = 0;
    const count = (list: readonly string[]): readonly string[] => ((reads += 1), list);
    const profile = {
      get types() {
        return count(['video/mp4']);
      },
      get codecs() {
        return count(['avc1', 'mp4a']);
      },
    };
    for (let file = 0; file < 100; file += 1) expect(misfit({}, profile)).to.equal(null);
    expect(reads).to.equal(2);
  });

  it('takes no name that every object has for a codec', () => {
    expect(misfit({ codec: 'constructor' }, { codecs: ['avc1'] })).to.equal('codec');
    expect(misfit({ codec: 'constructor' }, { codecs: ['constructor'] })).to.equal(null);
    expect(misfit({ codec: 'constructor' }, { codecs: ['Constructor.2'] })).to.equal('codec');
  });
});
