import { expect } from 'chai';
import fc from 'fast-check';
import { boxOrder } from '../../src/media/iso-boxes.ts';

function box(type: string, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32BE(length, 0);
  bytes.write(type, 4, 'latin1');
  return bytes;
}

/** A box whose length is written in eight bytes. */
function longBox(type: string, length: number): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32BE(1, 0);
  bytes.write(type, 4, 'latin1');
  bytes.writeBigUInt64BE(BigInt(length), 8);
  return bytes;
}

const start = box('ftyp', 24);

describe('boxOrder', () => {
  it('says which comes first, index or media', () => {
    const first = Buffer.concat([start, box('moov', 100), box('mdat', 50)]);
    expect(boxOrder(first, first.length)).to.deep.equal({ fastStart: true, cutShort: false });
    const last = Buffer.concat([start, box('free', 8), box('mdat', 50), box('moov', 100)]);
    expect(boxOrder(last, last.length)).to.deep.equal({ fastStart: false, cutShort: false });
  });

  it('knows it from the head of the file alone', () => {
    const head = Buffer.concat([start, longBox('mdat', 5_000_000_000)]);
    expect(boxOrder(head, 6_000_000_000)).to.deep.equal({ fastStart: false, cutShort: false });
  });

  it('says nothing where neither was seen', () => {
    expect(boxOrder(start, null)).to.deep.equal({ fastStart: null, cutShort: false });
    expect(boxOrder(Buffer.alloc(0), 0)).to.deep.equal({ fastStart: null, cutShort: false });
  });

  it('notices that the end is missing', () => {
    const whole = Buffer.concat([start, box('moov', 100), box('mdat', 50)]);
    expect(boxOrder(whole.subarray(0, 150), 150)).to.deep.equal({ fastStart: true, cutShort: true });
    expect(boxOrder(whole.subarray(0, 150), null).cutShort).to.equal(false);
  });

  it('takes a last box that reaches to the end', () => {
    const open = box('mdat', 40);
    open.writeUInt32BE(0, 0);
    expect(boxOrder(Buffer.concat([start, open]), 64)).to.deep.equal({ fastStart: false, cutShort: false });
  });

  it('takes any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.option(fc.nat()), (head, size) => {
        boxOrder(head, size);
      }),
    );
  });
});
