import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { createGatherer, decodeBody } from '../../src/egress/body.ts';

describe('createGatherer', () => {
  it('keeps what comes, up to its bound, and counts everything', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array()), fc.nat(100), (arrays, bound) => {
        const chunks = arrays.map((each) => Buffer.from(each));
        const whole = Buffer.concat(chunks);
        const gatherer = createGatherer(bound);
        for (const chunk of chunks) expect(gatherer.add(chunk)).to.equal(gatherer.received() <= bound);
        expect(gatherer.received()).to.equal(whole.length);
        expect(gatherer.body()).to.deep.equal(whole.subarray(0, bound));
      }),
    );
  });
});

describe('decodeBody', () => {
  const text = Buffer.from('<VAST version="4.2"/>');
  const zipped = gzipSync(text);

  const reasonOf = (body: Buffer, coding: string, maxBytes = 1000): string => {
    const decoded = decodeBody(body, coding, maxBytes);
    return decoded.ok ? 'decoded' : decoded.reason;
  };

  it('undoes gzip, and leaves what has no coding', () => {
    for (const coding of ['gzip', 'x-gzip', ' GZIP ']) {
      expect(decodeBody(zipped, coding, 1000)).to.deep.equal({ ok: true, body: text, notes: [] });
    }
    for (const coding of [undefined, '', 'identity']) {
      expect(decodeBody(text, coding, 1000)).to.deep.equal({ ok: true, body: text, notes: [] });
    }
  });

  it('has nothing to undo in an empty body', () => {
    expect(reasonOf(Buffer.alloc(0), 'gzip')).to.equal('decoded');
  });

  it('passes over words that are no coding, and notes them', () => {
    for (const word of ['utf-8', 'none', 'null', 'binary', 'text/xml; charset=utf-8']) {
      const notes = [{ of: 'content-coding', message: `Content-Encoding says "${word}"` }];
      expect(decodeBody(text, word, 1000)).to.deep.equal({ ok: true, body: text, notes });
      expect(decodeBody(zipped, `${word}, gzip`, 1000)).to.deep.equal({ ok: true, body: text, notes });
    }
  });

  it('refuses any other coding, and more than one', () => {
    for (const coding of ['br', 'deflate', 'zstd', 'gzip, gzip', 'gzip,br', 'compress']) {
      expect(reasonOf(zipped, coding), coding).to.equal('content-coding');
    }
  });

  it('stops a bomb at the bound', () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000));
    expect(reasonOf(bomb, 'gzip', 524_288)).to.equal('too-large');
    expect(reasonOf(gzipSync(Buffer.alloc(1000)), 'gzip', 1000)).to.equal('decoded');
    expect(reasonOf(gzipSync(Buffer.alloc(1001)), 'gzip', 1000)).to.equal('too-large');
  });

  it('refuses gzip that is cut off at any byte, or is no gzip', () => {
    for (let end = 1; end < zipped.length; end += 1) {
      expect(reasonOf(zipped.subarray(0, end), 'gzip'), String(end)).to.equal('content-coding');
    }
    expect(reasonOf(text, 'gzip')).to.equal('content-coding');
  });
});
