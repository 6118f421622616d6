import { expect } from 'chai';
import { createConclusionMemory } from '../../src/cache/conclusion-memory.ts';
import type { Written } from '../../src/unwrap/result.ts';

const writtenOf = (adm: string): Written => ({
  status: 'resolved',
  vastError: null,
  reason: null,
  wrappers: 1,
  adm: Buffer.from(adm),
  head: Buffer.from('"status":"resolved",'),
  tail: Buffer.from('"ads":[],'),
  unwritten: 0,
});

describe('createConclusionMemory', () => {
  it('says what nobody asked for, what was asked for once, and what it was told', () => {
    const memory = createConclusionMemory(1e6);
    expect(memory.get('a')).to.equal(undefined);
    expect(memory.get('a')).to.equal(null);
    const written = writtenOf('<VAST/>');
    memory.set('a', written);
    expect(memory.get('a')).to.equal(written);
    expect(memory.stats()).to.include({ hits: 1, misses: 2, entries: 1 });
  });

  it('never holds more than its room, and lets go of what was not asked for longest', () => {
    const memory = createConclusionMemory(20_000);
    for (let index = 0; index < 100; index += 1) {
      memory.set(`k${index}`, writtenOf('x'.repeat(1000)));
      memory.get('k0');
      expect(memory.stats().bytes).to.be.at.most(20_000);
    }
    expect(memory.get('k0')).to.be.an('object');
    expect(memory.get('k1')).to.equal(undefined);
    expect(memory.stats().entries).to.be.above(5);
  });

  it('counts the bytes that it holds', () => {
    const memory = createConclusionMemory(1e6);
    memory.set('a', writtenOf(''));
    const { bytes } = memory.stats();
    memory.set('a', writtenOf('x'.repeat(5000)));
    expect(memory.stats().bytes - bytes).to.equal(5000);
  });

  it('keeps nothing without room', () => {
    const memory = createConclusionMemory(0);
    memory.get('a');
    memory.set('a', writtenOf('<VAST/>'));
    expect(memory.get('a')).to.equal(undefined);
    expect(memory.stats()).to.include({ bytes: 0, entries: 0 });
  });
});
