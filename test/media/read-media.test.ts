import { expect } from 'chai';
import { type KnownBytes, readMedia } from '../../src/media/read-media.ts';
import { mediaFile, needFfmpeg } from '../support/media.ts';

const known = (bytes: Buffer, upTo = bytes.length): KnownBytes => ({
  size: bytes.length,
  parts: [{ start: 0, bytes: bytes.subarray(0, upTo) }],
});

describe('readMedia', () => {
  before(function () {
    needFfmpeg(this);
    mediaFile('moov-last.mp4');
    mediaFile('tone.aac');
  });

  it('tells what a file with picture and sound says of itself', async () => {
    const { facts, missing } = await readMedia(known(mediaFile('moov-last.mp4')));
    expect(missing).to.equal(null);
    expect(facts).to.include({
      type: 'video/mp4',
      durationSec: 2,
      width: 160,
      height: 90,
      frameRate: 25,
      videoCodec: 'avc1.64000b',
      audioCodec: 'mp4a.40.2',
    });
  });

  it('tells which bytes are missing', async () => {
    const bytes = mediaFile('moov-last.mp4');
    const { facts, missing } = await readMedia(known(bytes, 1000));
    expect(facts).to.equal(null);
    expect(missing!.end).to.be.above(1000).and.at.most(bytes.length);
    expect((await readMedia(known(bytes, 0))).missing).to.include({ start: 0 });
  });

  it('tells the rest where the duration is out of reach', async () => {
    const { facts, missing } = await readMedia(known(mediaFile('tone.aac'), 6000));
    expect(facts).to.include({ type: 'audio/aac', durationSec: null, bitrate: null, audioCodec: 'mp4a.40.2' });
    expect(missing?.end).to.be.above(6000);
  });

  it('is null for what is no media', async () => {
    for (const bytes of [Buffer.from('<html></html>'), Buffer.alloc(0), Buffer.alloc(1000, 0xff)]) {
      expect((await readMedia(known(bytes))).facts).to.equal(null);
    }
  });
});
