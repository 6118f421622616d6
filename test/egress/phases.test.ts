import { expect } from 'chai';
import { phasesOf, see, stageOf, startMarks, type Marks } from '../../src/egress/phases.ts';

const https = new URL('https://ads.example.com/');
const http = new URL('http://ads.example.com/');
const literal = new URL('http://[2606:4700::1111]/');
const marks = (more: Partial<Marks> = {}): Marks => ({ ...startMarks(() => 100), ...more });

describe('phasesOf', () => {
  it('splits a request over TLS', () => {
    const all = marks({ lookedUpAt: 101, connectedAt: 103, securedAt: 107, repliedAt: 115 });
    expect(phasesOf(all, https, 131)).to.deep.equal({ dns: 1, tcp: 2, tls: 4, ttfb: 8, download: 16 });
  });

  it('has no dns, tcp and tls on a reused connection', () => {
    const reused = marks({ reused: true, repliedAt: 108 });
    expect(phasesOf(reused, https, 110)).to.deep.equal({ dns: null, tcp: null, tls: null, ttfb: 8, download: 2 });
  });

  it('has no dns for a literal address, no tls for plain HTTP', () => {
    const all = marks({ connectedAt: 103, repliedAt: 108 });
    expect(phasesOf(all, literal, 110)).to.deep.equal({ dns: null, tcp: 3, tls: null, ttfb: 5, download: 2 });
  });

  it('counts the phase that a request ended in up to the end', () => {
    expect(phasesOf(marks(), https, 130)).to.deep.equal({ dns: 30, tcp: null, tls: null, ttfb: null, download: null });
    expect(phasesOf(marks({ lookedUpAt: 110 }), https, 130).tcp).to.equal(20);
    expect(phasesOf(marks({ lookedUpAt: 110, connectedAt: 115 }), https, 130).tls).to.equal(15);
    expect(phasesOf(marks({ lookedUpAt: 110, connectedAt: 115 }), http, 130).ttfb).to.equal(15);
  });

  it('knows a name that needed no lookup', () => {
    expect(phasesOf(marks({ connectedAt: 102 }), http, 110)).to.include({ dns: 0, tcp: 2, ttfb: 8 });
  });
});

describe('see', () => {
  it('adds up how late we were for each event, and never more than passed since the one before', () => {
    const seen = startMarks(() => 100);
    expect(see(seen, 103, 0)).to.equal(103);
    see(seen, 223, 107);
    expect(seen.ownDelayMs).to.equal(107);
    see(seen, 224, 107);
    expect(seen.ownDelayMs, 'in the same turn').to.equal(108);
    see(seen, 264, 10);
    expect(seen.ownDelayMs).to.equal(118);
  });
});

describe('stageOf', () => {
  it('says how far a request has come', () => {
    expect(stageOf(marks(), http)).to.equal('dns');
    expect(stageOf(marks(), literal)).to.equal('connect');
    expect(stageOf(marks({ lookedUpAt: 1 }), http)).to.equal('connect');
    expect(stageOf(marks({ connectedAt: 1 }), http)).to.equal('reply');
    expect(stageOf(marks({ connectedAt: 1 }), https)).to.equal('tls');
    expect(stageOf(marks({ connectedAt: 1, securedAt: 2 }), https)).to.equal('reply');
    expect(stageOf(marks({ reused: true }), https)).to.equal('reply');
    expect(stageOf(marks({ reused: true, repliedAt: 3 }), https)).to.equal('body');
  });
});
