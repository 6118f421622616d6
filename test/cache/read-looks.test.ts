import { expect } from 'chai';
import fc from 'fast-check';
import { type Looks, readLooks } from '../../src/cache/read-looks.ts';

const look = { id: null, media: ['m.example/a.mp4'], durationSec: 15, advertiser: 'x', landing: null };
const read = (value: unknown): Looks | null => readLooks(Buffer.from(JSON.stringify(value)));

describe('readLooks', () => {
  it('reads what was written, and nothing beside it', () => {
    expect(read({ '1 a.example': look })).to.deep.equal({ '1 a.example': look });
    expect(read({ p: { ...look, more: 'x' } })).to.deep.equal({ p: look });
    expect(read({})).to.deep.equal({});
  });

  it('reads nothing that is not whole and of its kind', () => {
    for (const name of Object.keys(look)) {
      const { [name as 'id']: _left, ...rest } = look;
      expect(read({ p: rest }), name).to.equal(null);
      for (const planted of [{}, [1], true, -1, 'x'.repeat(400)]) {
        expect(read({ p: { ...look, [name]: planted } }), `${name} ${JSON.stringify(planted)}`).to.equal(null);
      }
    }
    expect(read({ p: { ...look, media: Array(9).fill('x') } })).to.equal(null);
    expect(read(Object.fromEntries([1, 2, 3, 4, 5].map((place) => [place, look])))).to.equal(null);
    for (const other of [null, [], 7, 'x', { p: null }, { p: 7 }]) expect(read(other)).to.equal(null);
    expect(readLooks(Buffer.from('{'))).to.equal(null);
    expect(readLooks(Buffer.alloc(40_000, ' '))).to.equal(null);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void read(value)));
  });
});
