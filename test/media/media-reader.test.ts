import { expect } from 'chai';
import fc from 'fast-check';
import { createMediaReader } from '../../src/media/media-reader.ts';
import type { Manifest } from '../../src/media/manifest.ts';
import type { KnownBytes } from '../../src/media/read-media.ts';
import { mediaFile, needFfmpeg, type TestFile } from '../support/media.ts';

const NAMES: readonly TestFile[] = ['moov-first.mp4', 'fragmented.mp4', 'clip.webm', 'clip.ts', 'tone.mp3', 'tone.aac'];

const known = (bytes: Buffer): KnownBytes => ({ size: bytes.length, parts: [{ start: 0, bytes }] });

/** An MP4 whose `stts` boxes say that billions of frames follow. */
function endless(): Buffer {
  const bytes = Buffer.from(mediaFile('moov-first.mp4'));
  for (let at = bytes.indexOf('stts'); at !== -1; at = bytes.indexOf('stts', at + 4))
    bytes.fill(0xff, at + 12, at + 16);
  return bytes;
}

/** A playlist in which each of many variants looks through as many alternatives. */
function square(): Manifest {
  const media = '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="b"\n'.repeat(2000);
  const variants = '#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"\nx\n'.repeat(2000);
  return { type: 'application/vnd.apple.mpegurl', text: `#EXTM3U\n${media}${variants}` };
}

describe('createMediaReader', () => {
  before(function () {
    needFfmpeg(this);
    NAMES.forEach(mediaFile);
  });

  it('reads many files at once, each as if it were alone', async () => {
    const reader = createMediaReader(5000);
    const readings = await Promise.all(NAMES.map((name) => reader.readMedia(known(mediaFile(name)))));
    const types = readings.map((reading) => reading?.facts?.type);
    expect(types).to.deep.equal(['video/mp4', 'video/mp4', 'video/webm', 'video/mp2t', 'audio/mpeg', 'audio/aac']);
    reader.close();
  });

  it('gives up on a file that keeps it busy, and reads the next', async () => {
    const reader = createMediaReader(300);
    const [hostile, next] = await Promise.all([
      reader.readMedia(known(endless())),
      reader.readMedia(known(mediaFile('tone.mp3'))),
    ]);
    expect(hostile).to.equal(null);
    expect(next?.facts?.type).to.equal('audio/mpeg');
    reader.close();
  });

  it('gives up on a manifest that keeps it busy, and reads the next', async () => {
    const reader = createMediaReader(300);
    const dash = { type: 'application/dash+xml', text: '<MPD/>' };
    const readings = await Promise.all([reader.readManifest(square()), reader.readManifest(dash)]);
    expect(readings).to.deep.equal([null, { facts: null }]);
    reader.close();
  });

  it('takes an answer that lay there by the time that the loop came to the timer: that was our own delay', async () => {
    const reader = createMediaReader(300);
    await reader.readMedia(known(mediaFile('tone.mp3')));
    // from here the loop comes to its timers first, and to what threads said after that
    await new Promise((resolve) => setImmediate(resolve));
    const reading = reader.readMedia(known(mediaFile('moov-first.mp4')));
    // the loop stands for long after the time was over; the thread does not
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500);
    expect((await reading)?.facts?.type).to.equal('video/mp4');
    reader.close();
  });

  it('tells those who wait when it is closed', async () => {
    const reader = createMediaReader();
    const waiting = [reader.readMedia(known(mediaFile('tone.mp3'))), reader.readMedia(known(mediaFile('clip.ts')))];
    reader.close();
    expect(await Promise.all(waiting)).to.deep.equal([null, null]);
    reader.prepare();
    expect(await reader.readMedia(known(mediaFile('tone.mp3')))).to.equal(null);
  });

  it('survives whatever a file may hold', async () => {
    const reader = createMediaReader(300);
    const value = fc.oneof(fc.constantFrom(0, 0xff, 0x7f, 0x80), fc.nat(255));
    const change = fc.tuple(fc.nat(3000), value, fc.integer({ min: 1, max: 8 }));
    const changes = fc.array(change, { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...NAMES), changes, async (name, all) => {
        const bytes = Buffer.from(mediaFile(name));
        for (const [at, byte, length] of all) bytes.fill(byte, at, at + length);
        await reader.readMedia(known(bytes));
      }),
      { numRuns: 100 },
    );
    expect((await reader.readMedia(known(mediaFile('tone.mp3'))))?.facts?.type).to.equal('audio/mpeg');
    reader.close();
  });
});
