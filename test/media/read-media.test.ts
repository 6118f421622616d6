import { expect } from 'chai';
import { OutOfReach, type RangedFile } from '../../src/media/ranged-file.ts';
import { readMedia } from '../../src/media/read-media.ts';
import { mediaFile, needFfmpeg, type TestFile } from '../support/media.ts';

/** A file in memory of which only the first and the last bytes are to be had. */
function inMemory(bytes: Buffer, reach = bytes.length): RangedFile {
  return {
    httpStatus: 206,
    contentType: null,
    size: bytes.length,
    ranges: true,
    head: bytes.subarray(0, reach),
    read: (start, end) =>
      end > reach && start < bytes.length - reach
        ? Promise.reject(new OutOfReach('beyond'))
        : Promise.resolve(bytes.subarray(start, end)),
    isLimited: () => false,
    failure: () => null,
  };
}

describe('readMedia', () => {
  const names: readonly TestFile[] = [
    'moov-first.mp4',
    'moov-last.mp4',
    'fragmented.mp4',
    'clip.webm',
    'clip.ts',
    'tone.mp3',
  ];
  before(function () {
    needFfmpeg(this);
    names.forEach(mediaFile);
  });

  it('tells what a file with picture and sound says of itself', async () => {
    expect(await readMedia(inMemory(mediaFile('moov-last.mp4')))).to.include({
      type: 'video/mp4',
      durationSec: 2,
      width: 160,
      height: 90,
      frameRate: 25,
      videoCodec: 'avc1.64000b',
      audioCodec: 'mp4a.40.2',
    });
  });

  it('tells the rest where the duration is out of reach', async () => {
    const facts = await readMedia(inMemory(mediaFile('tone.aac'), 6000));
    expect(facts).to.include({ type: 'audio/aac', durationSec: null, bitrate: null, audioCodec: 'mp4a.40.2' });
  });

  it('is null for what is no media', async () => {
    expect(await readMedia(inMemory(Buffer.from('<html></html>')))).to.equal(null);
    expect(await readMedia(inMemory(Buffer.alloc(0)))).to.equal(null);
  });
});
