import { expect } from 'chai';
import { imageSize } from '../../src/media/image-size.ts';

const bytes = (...parts: readonly (string | readonly number[])[]): Buffer =>
  Buffer.concat(parts.map((each) => (typeof each === 'string' ? Buffer.from(each, 'latin1') : Buffer.from(each))));
const size = (width: number, height: number): object => ({ kind: 'size', width, height });

const PNG = bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', [0, 0, 7, 128, 0, 0, 4, 56]);
const FRAME = [0xff, 0xc0, 0, 17, 8, 4, 56, 7, 128, 3];
const segment = (marker: number, length: number): readonly number[] => [
  ...[0xff, marker, (length + 2) >> 8, (length + 2) & 255],
  ...Array<number>(length).fill(0xff),
];
const JPEG = (...segments: readonly (readonly number[])[]): Buffer => bytes([0xff, 0xd8], ...segments, FRAME);
const webp = (kind: string, ...rest: readonly number[]): Buffer =>
  bytes('RIFF\0\0\0\0WEBP', kind, [0, 0, 0, 0], rest, Array<number>(10).fill(0));
const ispe = (width: number, height: number): readonly number[] => [
  ...bytes('ispe', [0, 0, 0, 0, 0, 0, width >> 8, width & 255, 0, 0, height >> 8, height & 255]),
];

describe('imageSize', () => {
  it('reads PNG and GIF', () => {
    expect(imageSize('image/png', PNG)).to.deep.equal(size(1920, 1080));
    expect(imageSize('image/gif', bytes('GIF89a', [128, 7, 56, 4]))).to.deep.equal(size(1920, 1080));
  });

  it('reads a JPEG behind whatever stands before its frame', () => {
    for (const before of [[], [segment(0xe1, 300)], [segment(0xe2, 9), [0xff], segment(0xdb, 65), segment(0xc4, 20)]])
      expect(imageSize('image/jpeg', JPEG(...before))).to.deep.equal(size(1920, 1080));
  });

  it('reads the three kinds of WebP', () => {
    expect(imageSize('image/webp', webp('VP8 ', 0, 0, 0, 0x9d, 0x01, 0x2a, 128, 7, 56, 4))).to.deep.equal(
      size(1920, 1080),
    );
    const lossless = (1920 - 1) | ((1080 - 1) << 14);
    const packed = [0, 8, 16, 24].map((shift) => (lossless >>> shift) & 255);
    expect(imageSize('image/webp', webp('VP8L', 0x2f, ...packed))).to.deep.equal(size(1920, 1080));
    expect(imageSize('image/webp', webp('VP8X', 0, 0, 0, 0, 127, 7, 0, 55, 4, 0))).to.deep.equal(size(1920, 1080));
  });

  it('reads the largest picture of an AVIF', () => {
    const head = bytes('....ftypavif', ispe(160, 90), ispe(1920, 1080), ispe(320, 180));
    expect(imageSize('image/avif', head)).to.deep.equal(size(1920, 1080));
  });

  it('says how many bytes would tell', () => {
    expect(imageSize('image/png', PNG.subarray(0, 20))).to.deep.equal({ kind: 'more', bytes: 24 });
    const profile = JPEG(segment(0xe2, 60_000)).subarray(0, 1000);
    expect(imageSize('image/jpeg', profile)).to.deep.equal({ kind: 'more', bytes: 2 + 60_004 + 9 });
  });

  it('knows nothing of vectors, of what breaks off, and of no size at all', () => {
    const unknown = { kind: 'unknown' };
    expect(imageSize('image/svg+xml', Buffer.from('<svg/>'))).to.deep.equal(unknown);
    expect(imageSize('image/png', bytes('\x89PNG\r\n\x1a\n\0\0\0\rIDAT', Array<number>(8).fill(1)))).to.deep.equal(
      unknown,
    );
    expect(imageSize('image/gif', bytes('GIF89a', [0, 0, 1, 0]))).to.deep.equal(unknown);
    expect(imageSize('image/jpeg', bytes([0xff, 0xd8, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))).to.deep.equal(unknown);
  });

  it('is done with any bytes soon', () => {
    const restarts = bytes([0xff, 0xd8], Array<number>(262_144).fill(0xff));
    expect(imageSize('image/jpeg', restarts).kind).to.equal('more');
    expect(imageSize('image/avif', Buffer.from('ispe'.repeat(65_536))).kind).to.equal('size');
  });
});
