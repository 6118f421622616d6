import { expect } from 'chai';
import fc from 'fast-check';
import { readVerdict } from '../../src/media/read-verdict.ts';
import { mediaVerdict } from '../support/media-verdict.ts';

describe('readVerdict', () => {
  const rendition = { width: 640, height: 360, bitrate: 800, codecs: 'avc1' };
  const verdict = mediaVerdict({ renditions: [rendition, { width: null, height: null, bitrate: null, codecs: null }] });
  const read = (value: unknown) => readVerdict(Buffer.from(JSON.stringify(value)), verdict.url);

  it('reads what was written, and leaves behind what is no part of it', () => {
    expect(read(verdict)).to.deep.equal(verdict);
    expect(read({ ...verdict, markup: '<script>', renditions: [{ ...rendition, markup: '<script>' }] })).to.deep.equal({
      ...verdict,
      renditions: [rendition],
    });
  });

  it('reads none whose fields are missing or of another kind', () => {
    for (const name of Object.keys(verdict)) {
      const { [name as 'url']: _left, ...rest } = verdict;
      expect(read(rest), name).to.equal(null);
      for (const planted of [
        { markup: '<script>alert(1)</script>' },
        [],
        ['x'],
        { toString: 1 },
        '\u0000'.repeat(7),
        -1,
        true,
      ]) {
        const kind = typeof verdict[name as 'url'];
        if (typeof planted === kind && (kind !== 'number' || planted !== -1) && kind !== 'object' && name !== 'url')
          continue;
        if (name === 'outcome' || name === 'url' || typeof planted === 'object') {
          if (name === 'renditions' && Array.isArray(planted) && planted.length === 0) continue;
          expect(read({ ...verdict, [name]: planted }), `${name} ${JSON.stringify(planted)}`).to.equal(null);
        }
      }
    }
    expect(read({ ...verdict, renditions: [{ ...rendition, codecs: { markup: 'x' } }] })).to.equal(null);
    expect(read({ ...verdict, renditions: Array(501).fill(rendition) })).to.equal(null);
    expect(read(mediaVerdict({ url: 'another' }))).to.equal(null);
  });

  it('reads nothing large, and nothing that is no JSON', () => {
    expect(read({ ...verdict, message: 'x'.repeat(70_000) })).to.equal(null);
    for (const text of ['', '{', 'null', '7', '[]']) expect(readVerdict(Buffer.from(text), verdict.url)).to.equal(null);
  });

  it('gives flat values of known kinds, whatever was planted', () => {
    const field = fc.constantFrom(...Object.keys(verdict));
    fc.assert(
      fc.property(fc.dictionary(field, fc.jsonValue()), (planted) => {
        for (const [name, value] of Object.entries(read({ ...verdict, ...planted, url: verdict.url }) ?? {})) {
          if (name !== 'renditions') expect(value === null || typeof value !== 'object', name).to.equal(true);
        }
      }),
    );
  });
});
