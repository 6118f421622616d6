import { randomBytes } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { packShared, unpackShared } from '../../src/cache/shared-value.ts';

describe('packShared and unpackShared', () => {
  const text = (length: number): Buffer => Buffer.from('<Tracking event="start">'.repeat(length / 24));

  /** With the right checksum. */
  const checked = (head: Buffer, packed: Uint8Array): Buffer => {
    const written = Buffer.concat([head, packed]);
    written.writeUInt32BE(crc32(written.subarray(5)), 1);
    return written;
  };

  for (const [name, bytes] of [
    ['nothing', Buffer.alloc(0)],
    ['a small value', text(240)],
    ['a document', text(7200)],
    ['a large document', text(500_000)],
    ['what cannot be made smaller', randomBytes(100_000)],
  ] as const) {
    it(`give back ${name}`, async () => {
      const written = await packShared(bytes, 1500);
      expect(await unpackShared(written!, 1000)).to.deep.equal({ bytes, freshForMs: 500 });
    });
  }

  it('make what is over 1 KB smaller, and leave the rest as it is', async () => {
    expect((await packShared(text(7200), 0))!.length).to.be.below(720);
    expect((await packShared(text(240), 0))!.length).to.equal(240 + 14);
  });

  it('give nothing that is over', async () => {
    const written = await packShared(text(240), 1500);
    expect(await unpackShared(written!, 1499)).not.to.equal(null);
    expect(await unpackShared(written!, 1500)).to.equal(null);
    expect(await unpackShared((await packShared(text(240), NaN))!, 0)).to.equal(null);
  });

  it('take nothing over a megabyte, written or hidden in a small value', async () => {
    expect(await packShared(Buffer.alloc(1_048_577), 1500)).to.equal(null);
    const bomb = deflateRawSync(Buffer.alloc(50_000_000));
    const head = (await packShared(text(7200), 1500))!.subarray(0, 14);
    expect(await unpackShared(checked(head, bomb), 0)).to.equal(null);
  });

  it('notice every changed bit and every missing byte', async () => {
    const written = (await packShared(text(1200), 1500))!;
    for (let index = 0; index < written.length; index += 1) {
      expect(await unpackShared(written.subarray(0, index), 0)).to.equal(null);
      const changed = Buffer.from(written);
      changed[index]! ^= 1;
      expect(await unpackShared(changed, 0)).to.equal(null);
    }
  });

  it('never fail, whatever bytes they are given', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), fc.constantFrom(0, 1, 2), async (rest, packing) => {
        const head = Buffer.from([1, 0, 0, 0, 0, packing, 64, 0, 0, 0, 0, 0, 0, 0]);
        expect(await unpackShared(Buffer.from(rest), 0)).to.equal(null);
        const value = await unpackShared(checked(head, rest), 0);
        if (packing === 0) expect(value?.bytes).to.deep.equal(Buffer.from(rest));
      }),
    );
  });
});
