import { expect } from 'chai';
import fc from 'fast-check';
import { decodeReply, encodeReply, keepable } from '../../src/cache/kept-reply.ts';
import { documentReply, failedReply } from '../support/kept-replies.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

const link = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };

describe('keepable', () => {
  it('is null for what is not fresh and for failures', () => {
    expect(keepable(documentReply(0), null)).to.equal(null);
    expect(keepable({ ...failedReply('http-status'), freshForMs: 60 }, null)).to.equal(null);
  });

  it('keeps neither the exchanges nor a way to change it', () => {
    const kept = keepable({ ...documentReply(60), exchanges: [{} as never] }, link)!;
    expect(kept.reply.exchanges).to.have.length(0);
    for (const value of [kept, kept.reply, kept.reply.outcome, kept.reply.exchanges]) {
      expect(Object.isFrozen(value)).to.equal(true);
    }
  });
});

describe('encodeReply and decodeReply', () => {
  it('give back the same reply', () => {
    const kept = keepable(documentReply(500, 'i', `\n${vast(inLineAd({ id: 'ünï→😀' }))}`), link)!;
    expect(decodeReply(encodeReply(kept), 500)).to.deep.equal(kept);
    const empty = keepable({ exchanges: [], outcome: { kind: 'empty', httpStatus: 204 }, freshForMs: 9 }, null)!;
    expect(decodeReply(encodeReply(empty), 9)).to.deep.equal(empty);
  });

  it('give back what was odd about the bytes, which nothing that is kept in packed form must lose', () => {
    const notes = [
      { of: 'charset', message: 'the Content-Type header names the charset "koi8-r"' },
      { of: 'content-coding', message: 'Content-Encoding says "none"' },
    ] as const;
    const reply = documentReply(500);
    const kept = keepable({ ...reply, outcome: { ...reply.outcome, notes } as typeof reply.outcome }, link)!;
    expect(decodeReply(encodeReply(kept), 500)).to.deep.equal(kept);
  });

  it('give null where notes are no notes, whoever wrote them', () => {
    const encoded = (notes: unknown): Buffer => {
      const reply = documentReply(500);
      return encodeReply(keepable({ ...reply, outcome: { ...reply.outcome, notes } as never }, link)!);
    };
    const note = { of: 'charset', message: 'm' };
    expect(decodeReply(encoded([note]), 500)).not.to.equal(null);
    for (const planted of [
      [null],
      [{ ...note, of: 'markup' }],
      [{ ...note, message: { markup: '<script>' } }],
      [{ ...note, message: 'm'.repeat(1000) }],
      Array.from({ length: 1000 }, () => note),
      { length: 1 },
      'text',
    ]) {
      expect(decodeReply(encoded(planted), 500), JSON.stringify(planted).slice(0, 60)).to.equal(null);
    }
  });

  it('give null for a value cut short at any byte, and of another version', () => {
    const bytes = encodeReply(keepable(documentReply(500), link)!);
    for (let length = 0; length < bytes.length; length += 1) {
      expect(decodeReply(bytes.subarray(0, length), 500)).to.equal(null);
    }
    bytes[0] = 99;
    expect(decodeReply(bytes, 500)).to.equal(null);
  });

  it('never throw, whatever bytes they are given', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.json(), fc.boolean(), (rest, json, right) => {
        const meta = Buffer.from(json);
        const head = Buffer.from([right ? 1 : 0, 0, 0, meta.length >> 8, meta.length & 255]);
        expect(decodeReply(Buffer.from(rest), 1)).to.equal(null);
        expect(decodeReply(Buffer.concat([head, meta, rest]), 1)).to.equal(null);
      }),
    );
  });
});
