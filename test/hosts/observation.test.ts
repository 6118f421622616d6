import { expect } from 'chai';
import fc from 'fast-check';
import { FAILURES, type FailureReason } from '../../src/chain/failure.ts';
import { cameOf, hostMsOf, isHeardOf } from '../../src/hosts/observation.ts';
import { exchange } from '../support/exchange.ts';

const REASONS = Object.keys(FAILURES) as FailureReason[];

describe('cameOf', () => {
  it('takes every status below 500 but 429 for the answer of a host that is well, whatever it does to its tag', () => {
    const reason = fc.constantFrom(...REASONS.filter((each) => !['timeout', 'connect', 'tls', 'reset'].includes(each)));
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 599 }), fc.option(reason), (httpStatus, error) => {
        const came = cameOf(exchange('a', 5, { httpStatus, error }), () => null);
        if (httpStatus >= 500 || httpStatus === 429) expect(came).to.equal('failed');
        else expect(came).not.to.equal('failed');
      }),
    );
  });

  it("asks what is usual only where a time-out may be the host's", () => {
    let asked = 0;
    const usual = (): null => {
      asked += 1;
      return null;
    };
    for (const error of REASONS) cameOf(exchange('a', 5, { error, httpStatus: null }), usual);
    cameOf(exchange('a', 5), usual);
    expect(asked).to.equal(1);
  });

  it('blames nobody for a time-out while the name was looked up', () => {
    const phases = { dns: 90, tcp: null, tls: null, ttfb: null, download: null };
    expect(cameOf(exchange('a', 90, { error: 'timeout', httpStatus: null, phases }), () => null)).to.equal('nothing');
    const connecting = { ...phases, dns: 1, tcp: 89 };
    expect(cameOf(exchange('a', 90, { error: 'timeout', httpStatus: null, phases: connecting }), () => null)).to.equal(
      'failed',
    );
  });
});

describe('hostMsOf', () => {
  it('is what is left without our own delay, and never less than nothing', () => {
    expect(hostMsOf(exchange('a', 90, { ownDelayMs: 30 }))).to.equal(60);
    expect(hostMsOf(exchange('a', 90, { ownDelayMs: 95 }))).to.equal(0);
  });
});

describe('isHeardOf', () => {
  it('is a host that was connected to, on a kept connection, by its name or by its address', () => {
    const dns = { dns: 5, tcp: null, tls: null, ttfb: null, download: null };
    expect(isHeardOf(exchange('a', 5, { error: 'connect', phases: dns }))).to.equal(false);
    expect(isHeardOf(exchange('a', 5, { error: 'connect', phases: { ...dns, tcp: 4 } }))).to.equal(true);
    expect(isHeardOf(exchange('a', 5, { error: 'reset' }))).to.equal(true);
    expect(isHeardOf(exchange('a', 5))).to.equal(true);
  });
});
