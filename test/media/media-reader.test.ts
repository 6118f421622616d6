import { expect } from 'chai';
import fc from 'fast-check';
import { createMediaReader } from '../../src/media/media-reader.ts';
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

describe('createMediaReader', () => {
  before(function () {
    needFfmpeg(this);
    NAMES.forEach(mediaFile);
  });

  it('reads many files at once, each as if it were alone', async () => {
    const reader = createMediaReader(5000);
    const readings = await Promise.all(NAMES.map((name) => reader.read(known(mediaFile(name)))));
    const types = readings.map((reading) => reading?.facts?.type);
    expect(types).to.deep.equal(['video/mp4', 'video/mp4', 'video/webm', 'video/mp2t', 'audio/mpeg', 'audio/aac']);
    reader.close();
  });

  it('gives up on a file that keeps it busy, and reads the next', async () => {
    const reader = createMediaReader(300);
    const [hostile, next] = await Promise.all([
      reader.read(known(endless())),
      reader.read(known(mediaFile('tone.mp3'))),
    ]);
    expect(hostile).to.equal(null);
    expect(next?.facts?.type).to.equal('audio/mpeg');
    reader.close();
  });

  it('tells those who wait when it is closed', async () => {
    const reader = createMediaReader();
    const waiting = [reader.read(known(mediaFile('tone.mp3'))), reader.read(known(mediaFile('clip.ts')))];
    reader.close();
    expect(await Promise.all(waiting)).to.deep.equal([null, null]);
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
        await reader.read(known(bytes));
      }),
      { numRuns: 100 },
    );
    expect((await reader.read(known(mediaFile('tone.mp3'))))?.facts?.type).to.equal('audio/mpeg');
    reader.close();
  });
});
