import { expect } from 'chai';
import { createDocumentMemory } from '../../src/unwrap/document-memory.ts';
import { readDocument, type ReadResult } from '../../src/vast/document.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

describe('createDocumentMemory', () => {
  const reads: string[] = [];
  const counted = (text: string): ReadResult => {
    reads.push(text);
    return readDocument(text);
  };
  beforeEach(() => reads.splice(0));

  it('reads the same text once, and gives the same document', () => {
    const read = createDocumentMemory(100_000, counted);
    const text = vast(inLineAd());
    expect(read(text)).to.equal(read(`${text}`));
    expect(reads).to.have.length(1);
  });

  it('forgets the least recently used beyond its bound', () => {
    const texts = ['a', 'b', 'c'].map((id) => vast(inLineAd({ id })));
    const read = createDocumentMemory(texts[0]!.length * 8, counted);
    const many = Array.from({ length: 7 }, (_, index) => vast(inLineAd({ id: String(index) })));
    read(texts[0]!);
    for (const text of many) read(text);
    read(texts[0]!);
    read(texts[1]!);
    reads.splice(0);
    read(texts[0]!);
    expect(reads, 'used again lately').to.have.length(0);
    read(many[0]!);
    expect(reads, 'pushed out').to.have.length(1);
  });

  it('remembers neither what is broken nor a single giant', () => {
    const read = createDocumentMemory(1000, counted);
    for (const text of ['<VAST', '<VAST', vast(inLineAd()), vast(inLineAd())]) read(text);
    expect(reads).to.have.length(4);
  });
});
