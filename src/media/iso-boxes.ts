/** How the boxes of an ISO BMFF file [ISO 14496-12] lie. */
export type BoxOrder = {
  /** Does `moov`, the index, stand before `mdat`, the media? Null where neither was seen. */
  readonly fastStart: boolean | null;
  /** A box of the file ends only beyond the end of the file: the rest of it is missing. */
  readonly cutShort: boolean;
};

/** Boxes at the top of a file that are looked at; fragmented files have thousands. */
const MAX_BOXES = 64;

/** Walks the boxes at the top of a file as far as their heads are among its first bytes. `size` is that of the file. */
export function boxOrder(head: Uint8Array, size: number | null): BoxOrder {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  let fastStart: boolean | null = null;
  let at = 0;
  for (let count = 0; count < MAX_BOXES && at + 8 <= head.length; count += 1) {
    const type = String.fromCharCode(...head.subarray(at + 4, at + 8));
    if (type === 'moov') fastStart ??= true;
    if (type === 'mdat') fastStart ??= false;
    const length = boxLength(view, at, size);
    if (length === null) break;
    at += length;
    if (size !== null && at > size) return { fastStart, cutShort: true };
  }
  return { fastStart, cutShort: false };
}

/** Null where the length is not to be had, or where the box reaches to the end of the file. */
function boxLength(view: DataView, at: number, size: number | null): number | null {
  const length = view.getUint32(at);
  if (length === 0) return size === null ? null : size - at;
  if (length !== 1) return length < 8 ? null : length;
  return at + 16 > view.byteLength ? null : Number(view.getBigUint64(at + 8));
}
