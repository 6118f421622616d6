import { expect } from 'chai';
import { createHostLabels, type HostLabels, OTHER_HOSTS } from '../../src/telemetry/host-label.ts';

describe('createHostLabels', () => {
  const time = { now: 0 };
  const start = (named = 2, namedADay = 3): HostLabels => createHostLabels(() => time.now, { named, namedADay });
  const call = (labels: HostLabels, host: string, times: number, wasAnswered = true): string => {
    for (let index = 0; index < times; index += 1) labels.heard(host, wasAnswered);
    return labels.labelOf(host);
  };
  beforeEach(() => {
    time.now = 0;
  });

  it('names a host after five answered calls, and calls the rest _other', () => {
    const labels = start();
    expect(call(labels, 'a', 4)).to.equal(OTHER_HOSTS);
    expect(call(labels, 'a', 1)).to.equal('a');
    expect(call(labels, 'b', 5)).to.equal('b');
    expect(call(labels, 'c', 5)).to.equal(OTHER_HOSTS);
    expect(labels.labelOf('never heard')).to.equal(OTHER_HOSTS);
  });

  it('names nobody for calls that were not answered', () => {
    const labels = start();
    expect(call(labels, 'a', 1000, false)).to.equal(OTHER_HOSTS);
    expect(call(labels, 'a', 4)).to.equal(OTHER_HOSTS);
  });

  it('keeps the names of busy hosts when a batch invents hundreds', () => {
    const labels = createHostLabels(() => time.now);
    const busy = Array.from({ length: 200 }, (_, index) => `busy-${index}`);
    for (const host of busy) call(labels, host, 50);
    for (let host = 0; host < 320; host += 1) call(labels, `invented-${host}`, 1 + (host % 8), host % 2 === 0);
    expect(busy.map(labels.labelOf)).to.deep.equal(busy);
  });

  it('gives the name of the least busy host to one that is much busier', () => {
    const labels = start();
    call(labels, 'a', 20);
    call(labels, 'b', 8);
    expect(call(labels, 'c', 15)).to.equal(OTHER_HOSTS);
    expect(call(labels, 'c', 1)).to.equal('c');
    expect(labels.labelOf('b')).to.equal(OTHER_HOSTS);
    expect(labels.labelOf('a')).to.equal('a');
  });

  it('gives up a name that was not heard for a day, and has room for others then', () => {
    const labels = start(2, 2);
    call(labels, 'a', 9);
    time.now = 40_000_000;
    call(labels, 'b', 9);
    expect(call(labels, 'c', 999), 'two names a day are given').to.equal(OTHER_HOSTS);
    time.now = 86_399_999;
    call(labels, 'c', 1);
    expect(labels.labelOf('a')).to.equal('a');
    time.now = 86_400_000;
    expect(call(labels, 'c', 1)).to.equal('c');
    expect(labels.labelOf('a')).to.equal(OTHER_HOSTS);
    expect(labels.labelOf('b')).to.equal('b');
  });

  it('gives few more names within a day than may be had at once, since each is a series', () => {
    const labels = start();
    const seen = new Set<string>();
    for (let host = 0; host < 12; host += 1) seen.add(call(labels, `host-${host}`, 16 * 2 ** host));
    expect([...seen])
      .to.have.lengthOf(3 + 1)
      .and.include(OTHER_HOSTS);
  });

  it('stays bounded over a hundred thousand hosts, and keeps the names of those that are busy', () => {
    const labels = createHostLabels(() => time.now);
    const busy = Array.from({ length: 100 }, (_, index) => `busy-${index}`);
    for (const host of busy) call(labels, host, 5);
    const seen = new Set<string>();
    for (let host = 0; host < 100_000; host += 1) {
      seen.add(call(labels, `host-${host}`, 1));
      if (host % 10 === 0) labels.heard(busy[(host / 10) % 100]!, true);
    }
    expect(busy.map(labels.labelOf)).to.deep.equal(busy);
    expect([...seen]).to.deep.equal([OTHER_HOSTS]);
  });
});
