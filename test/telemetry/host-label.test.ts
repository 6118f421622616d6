import { expect } from 'chai';
import { createHostLabel, OTHER_HOSTS } from '../../src/telemetry/host-label.ts';

describe('createHostLabel', () => {
  it('names the first hosts, and calls the rest _other', () => {
    const label = createHostLabel({ named: 2, everNamed: 3 });
    expect(['a', 'b', 'c', 'a'].map(label)).to.deep.equal(['a', 'b', OTHER_HOSTS, 'a']);
  });

  it('gives the name of the least busy host to one that is much busier', () => {
    const label = createHostLabel({ named: 2, everNamed: 3 });
    for (const host of ['a', 'a', 'a', 'b']) label(host);
    for (let call = 1; call < 8; call += 1) expect(label('c')).to.equal(OTHER_HOSTS);
    expect(label('c')).to.equal('c');
    expect(label('b')).to.equal(OTHER_HOSTS);
    expect(label('a')).to.equal('a');
  });

  it('names no more hosts over its life than it may, since a series once begun stays', () => {
    const label = createHostLabel({ named: 2, everNamed: 3 });
    const seen = new Set<string>();
    for (let host = 0; host < 12; host += 1)
      for (let call = 0; call < 8 * 2 ** host; call += 1) seen.add(label(`host-${host}`));
    expect([...seen])
      .to.have.lengthOf(3 + 1)
      .and.include(OTHER_HOSTS);
  });

  it('stays bounded over a million hosts, and keeps the names of those that are busy', () => {
    const label = createHostLabel();
    const busy = Array.from({ length: 100 }, (_, index) => `busy-${index}`);
    busy.forEach(label);
    const seen = new Set<string>();
    let lost = 0;
    for (let host = 0; host < 1_000_000; host += 1) {
      seen.add(label(`host-${host}`));
      if (host % 10 === 0 && label(busy[(host / 10) % 100]!) === OTHER_HOSTS) lost += 1;
    }
    expect(lost).to.equal(0);
    expect(seen.size).to.be.at.most(281 - busy.length);
  });
});
