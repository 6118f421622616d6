/** The size of a picture in pixels, or how many bytes of the file would tell; neither where it cannot be told. */
export type ImageSize =
  | { readonly kind: 'size'; readonly width: number; readonly height: number }
  | { readonly kind: 'more'; readonly bytes: number }
  | { readonly kind: 'unknown' };

const UNKNOWN: ImageSize = { kind: 'unknown' };

type ReadSize = (head: Buffer) => ImageSize;

/** Readers of the formats that ads are made in, by their type. Vector images have no pixels. */
const READERS: Readonly<Record<string, ReadSize>> = {
  'image/png': pngSize,
  'image/gif': gifSize,
  'image/jpeg': jpegSize,
  'image/webp': webpSize,
  'image/avif': boxSize,
  'image/heic': boxSize,
};

/**
 * The size of a picture of this type by the first bytes of its file. In constant time, but for a JPEG, which is read segment
 * by segment, each of them two bytes or more.
 */
export function imageSize(type: string, head: Buffer): ImageSize {
  return READERS[type]?.(head) ?? UNKNOWN;
}

const sizeOf = (width: number, height: number): ImageSize =>
  width > 0 && height > 0 ? { kind: 'size', width, height } : UNKNOWN;

/** IHDR is the first chunk [W3C PNG, 11.2.1]. */
function pngSize(head: Buffer): ImageSize {
  if (head.length < 24) return { kind: 'more', bytes: 24 };
  return head.toString('latin1', 12, 16) === 'IHDR' ? sizeOf(head.readUInt32BE(16), head.readUInt32BE(20)) : UNKNOWN;
}

/** The logical screen [GIF89a, 18]. */
function gifSize(head: Buffer): ImageSize {
  return head.length < 10 ? { kind: 'more', bytes: 10 } : sizeOf(head.readUInt16LE(6), head.readUInt16LE(8));
}

/** Lossy, lossless and extended files have it in three ways [WebP Container Specification]. */
function webpSize(head: Buffer): ImageSize {
  if (head.length < 30) return { kind: 'more', bytes: 30 };
  switch (head.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return sizeOf(head.readUInt16LE(26) & 0x3fff, head.readUInt16LE(28) & 0x3fff);
    case 'VP8L': {
      const bits = head.readUInt32LE(21);
      return sizeOf((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
    }
    case 'VP8X':
      return sizeOf(head.readUIntLE(24, 3) + 1, head.readUIntLE(27, 3) + 1);
    default:
      return UNKNOWN;
  }
}

/** Start of frame: all but the tables that have numbers among them [ITU T.81, B.1.1.3]. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
/** Markers without a length: restarts, the beginning, the end, and a stray one. */
const isBare = (marker: number): boolean => (marker >= 0xd0 && marker <= 0xd9) || marker === 0x01;

/** The first frame header [ITU T.81, B.2.2]; before it there may be a colour profile and pictures of a camera. */
function jpegSize(head: Buffer): ImageSize {
  let at = 2;
  for (;;) {
    if (at + 9 > head.length) return { kind: 'more', bytes: at + 9 };
    if (head[at] !== 0xff) return UNKNOWN;
    const marker = head[at + 1]!;
    if (marker === 0xff) at += 1;
    else if (isBare(marker)) at += 2;
    else if (isFrame(marker)) return sizeOf(head.readUInt16BE(at + 7), head.readUInt16BE(at + 5));
    else if (marker === 0xda) return UNKNOWN;
    else at += 2 + Math.max(2, head.readUInt16BE(at + 2));
  }
}

/** The largest of the spatial extents: there may be a thumbnail [ISO 23008-12, 6.5.3]. */
function boxSize(head: Buffer): ImageSize {
  let best: ImageSize = UNKNOWN;
  for (let at = head.indexOf('ispe'); at !== -1 && at + 16 <= head.length; at = head.indexOf('ispe', at + 4)) {
    const [width, height] = [head.readUInt32BE(at + 8), head.readUInt32BE(at + 12)];
    if (best.kind !== 'size' || width * height > best.width * best.height) best = sizeOf(width, height);
  }
  return best;
}
