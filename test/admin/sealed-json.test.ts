import { expect } from 'chai';
import { openJson, sealJson } from '../../src/admin/sealed-json.ts';

describe('sealed JSON', () => {
  const value = { text: '“広告”', list: [1, null] };

  it('is the same once it is opened, and nothing without its secret', async () => {
    const bytes = await sealJson('secret', value);
    expect(await openJson('secret', bytes)).to.deep.equal(value);
    expect(await openJson('other', bytes)).to.equal(null);
    expect(bytes.includes('広告')).to.equal(false);
  });

  it('is nothing where it was changed or cut short', async () => {
    const bytes = await sealJson('secret', value);
    bytes[bytes.length - 1]! ^= 1;
    for (const each of [bytes, bytes.subarray(0, 20), Buffer.alloc(0)])
      expect(await openJson('secret', each)).to.equal(null);
  });
});
