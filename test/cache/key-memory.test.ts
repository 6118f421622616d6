import { expect } from 'chai';
import { createKeyMemory } from '../../src/cache/key-memory.ts';

describe('createKeyMemory', () => {
  const keys = (from: number, to: number): string[] =>
    Array.from({ length: to - from }, (_, index) => String(from + index).padStart(10, '0'));

  it('knows what was added, until that is taken out', () => {
    const memory = createKeyMemory(1000);
    memory.add('a');
    memory.add('a');
    memory.add('b');
    memory.delete('a');
    memory.delete('c');
    expect(['a', 'b', 'c'].map(memory.has)).to.deep.equal([false, true, false]);
  });

  it('keeps the latest, half of its room at least, and never more than its room', () => {
    const memory = createKeyMemory(1000);
    for (const key of keys(0, 1010)) memory.add(key);
    const known = keys(0, 1010).filter(memory.has);
    expect(known).to.include.members(keys(960, 1010));
    expect(known.length).to.be.at.most(100);
  });

  it('keeps what is added again and again, whatever comes meanwhile', () => {
    const memory = createKeyMemory(1000);
    for (const key of keys(0, 500)) {
      memory.add('often');
      memory.add(key);
      expect(memory.has('often')).to.equal(true);
    }
  });

  it('gives back the room of what is taken out', () => {
    const memory = createKeyMemory(1000);
    memory.add('kept');
    for (const key of keys(0, 500)) {
      memory.add(key);
      memory.delete(key);
    }
    expect(memory.has('kept')).to.equal(true);
  });

  it('takes in no key that is larger than its room', () => {
    const memory = createKeyMemory(100);
    memory.add('a');
    memory.add('x'.repeat(51));
    expect([memory.has('a'), memory.has('x'.repeat(51))]).to.deep.equal([true, false]);
  });
});
