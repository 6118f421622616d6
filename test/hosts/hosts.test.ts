import { expect } from 'chai';
import { FAILURES, type FailureReason } from '../../src/chain/failure.ts';
import { createHosts } from '../../src/hosts/hosts.ts';
import { exchange, hopReport } from '../support/hop-reports.ts';

describe('createHosts', () => {
  const time = { now: 0 };
  const start = (skipHopeless = true, isOverloaded = false) =>
    createHosts(
      { maxHosts: 10, skipHopeless },
      () => time.now,
      () => 0,
      () => 0.5,
      () => isOverloaded,
    );
  type Known = ReturnType<typeof start>;
  beforeEach(() => {
    time.now = 0;
  });

  const failing = (error: FailureReason) => hopReport([exchange('a.example', 90, { error, httpStatus: null })]);
  const repeat = (times: number, run: () => void): void => {
    for (let index = 0; index < times; index += 1) run();
  };
  const reasonAt = (hosts: Known, remainingMs = 100): string | null =>
    hosts.admit('a.example', remainingMs)?.reason ?? null;
  const rowOf = (hosts: Known, host = 'a.example') => hosts.report().hosts.find((row) => row.host === host);

  it('admits a host that nothing is known of, and remembers nothing for it', () => {
    const hosts = start();
    expect(hosts.admit('a.example', 1)).to.equal(null);
    expect(hosts.report().hosts).to.have.length(0);
  });

  describe('leaves a host alone', () => {
    const faults = Object.entries(FAILURES) as [FailureReason, { readonly hostsFault: boolean }][];
    for (const [reason, { hostsFault }] of faults) {
      it(`${hostsFault ? 'after five times' : 'never for'} ${reason}`, () => {
        const hosts = start();
        repeat(4, () => hosts.record(failing(reason)));
        expect(reasonAt(hosts)).to.equal(null);
        repeat(16, () => hosts.record(failing(reason)));
        expect(reasonAt(hosts)).to.equal(hostsFault ? 'breaker-open' : null);
      });
    }

    it('never for time-outs while this process is itself late', () => {
      const hosts = start(true, true);
      repeat(9, () => hosts.record(failing('timeout')));
      expect(reasonAt(hosts)).to.equal(null);
      repeat(5, () => hosts.record(failing('reset')));
      expect(reasonAt(hosts), 'a fault that needs no clock').to.equal('breaker-open');
    });

    it('until a probe has gone well, and shows it in the table', () => {
      const hosts = start();
      repeat(5, () => hosts.record(failing('connect')));
      expect(rowOf(hosts)).to.include({ breaker: 'open' });
      expect(hosts.openBreakers()).to.equal(1);
      time.now = 2000;
      expect(reasonAt(hosts)).to.equal(null);
      expect(reasonAt(hosts), 'one probe at a time').to.equal('breaker-open');
      expect(rowOf(hosts)).to.include({ breaker: 'half-open' });
      hosts.record(hopReport([exchange('a.example', 10)]));
      expect(reasonAt(hosts)).to.equal(null);
      expect(rowOf(hosts)).to.include({ breaker: 'closed' });
      expect(hosts.openBreakers()).to.equal(0);
    });

    it('but not for time-outs of hops whose deadline was nearly spent when they began', () => {
      const hosts = start();
      const late = hopReport([exchange('a.example', 19, { error: 'timeout', httpStatus: null })], { remainingMs: 19 });
      repeat(20, () => hosts.record(late));
      expect(reasonAt(hosts)).to.equal(null);
      expect(rowOf(hosts)).to.include({ timeouts: 20, chainsHurt: 20 });
    });

    it('and counts what was left when the redirect to it began, not the hop', () => {
      const hosts = start();
      const redirected = hopReport([
        exchange('r.example', 85, { httpStatus: 302 }),
        exchange('a.example', 15, { startedAt: 85, error: 'timeout', httpStatus: null }),
      ]);
      repeat(10, () => hosts.record(redirected));
      expect(reasonAt(hosts)).to.equal(null);
      expect(hosts.admit('r.example', 100)).to.equal(null);
    });

    it('and blames the host that failed, not the one that redirected to it', () => {
      const hosts = start();
      const redirected = hopReport([
        exchange('r.example', 5, { httpStatus: 302 }),
        exchange('a.example', 15, { startedAt: 5, error: 'reset', httpStatus: null }),
      ]);
      repeat(10, () => hosts.record(redirected));
      expect(reasonAt(hosts)).to.equal('breaker-open');
      expect(hosts.admit('r.example', 100)).to.equal(null);
    });

    it('and blames the last host for a failure that only the hop knows', () => {
      const hosts = start();
      repeat(5, () => hosts.record(hopReport([exchange('a.example', 5)], { error: 'redirects' })));
      expect(reasonAt(hosts)).to.equal('breaker-open');
    });

    it('and gives the place of a probe that was not sent to the next', () => {
      const hosts = start();
      repeat(5, () => hosts.record(failing('connect')));
      time.now = 2000;
      expect(reasonAt(hosts)).to.equal(null);
      hosts.record(hopReport([], { error: 'breaker-open' }));
      expect(reasonAt(hosts), 'another was refused').to.equal('breaker-open');
      hosts.record(hopReport([], { error: 'busy' }));
      expect(reasonAt(hosts)).to.equal(null);
    });

    it('and takes no probe for a hop that is hopeless', () => {
      const hosts = start();
      repeat(100, () => hosts.record(hopReport([exchange('a.example', 50)])));
      repeat(5, () => hosts.record(failing('connect')));
      time.now = 2000;
      expect(reasonAt(hosts, 10)).to.equal('hopeless');
      expect(reasonAt(hosts, 100)).to.equal(null);
    });
  });

  describe('does not start a hop', () => {
    const teach = (hosts: Known, times: number): void => {
      // The fastest twentieth takes 40 ms, the rest 80.
      for (let index = 0; index < times; index += 1) {
        hosts.record(hopReport([exchange('a.example', index % 20 === 0 ? 40 : 80)]));
      }
    };

    it('with less time left than the fastest twentieth needed, at 100 observations and more', () => {
      const hosts = start();
      teach(hosts, 99);
      expect(reasonAt(hosts, 10)).to.equal(null);
      teach(hosts, 1);
      expect(reasonAt(hosts, 39)).to.equal('hopeless');
      expect(reasonAt(hosts, 41)).to.equal(null);
      expect(hosts.admit('b.example', 1)).to.equal(null);
    });

    it('unless that is switched off', () => {
      const hosts = start(false);
      teach(hosts, 200);
      expect(reasonAt(hosts, 10)).to.equal(null);
    });

    it('by what failures took', () => {
      const hosts = start();
      const slow = hopReport([exchange('a.example', 90, { error: 'timeout', httpStatus: null })]);
      repeat(1000, () => hosts.record(slow));
      time.now = 60_000;
      expect(reasonAt(hosts, 10)).to.equal(null);
    });

    it('by what it needed more than an hour ago', () => {
      const hosts = start();
      teach(hosts, 200);
      time.now = 3_599_999;
      expect(reasonAt(hosts, 10)).to.equal('hopeless');
      time.now = 3_600_000;
      expect(reasonAt(hosts, 10)).to.equal(null);
      teach(hosts, 99);
      expect(reasonAt(hosts, 10)).to.equal(null);
    });
  });

  it('counts only hops that asked: nothing of hits, waits for others and given documents', () => {
    const hosts = start();
    for (const cache of ['hit', 'coalesced', 'shared', 'given'] as const) {
      hosts.record(hopReport([], { cache, error: cache === 'coalesced' ? 'timeout' : null }));
    }
    hosts.record(hopReport([], { host: null }));
    expect(hosts.report().hosts).to.have.length(0);
  });

  it('counts the hops that were not started, and the chains that were hurt', () => {
    const hosts = start();
    hosts.record(hopReport([exchange('a.example', 5, { error: 'reset' })]));
    hosts.record(hopReport([], { error: 'breaker-open' }));
    hosts.record(hopReport([], { error: 'hopeless' }));
    hosts.record(hopReport([exchange('a.example', 5)], { error: 'not-xml' }));
    expect(rowOf(hosts)).to.include({ calls: 2, errors: 1, skipped: 2, chainsHurt: 3 });
  });

  it('knows the origins of hosts in steady use, but for those that are left alone', () => {
    const hosts = start();
    const url = 'https://a.example:8443/v?ip=203.0.113.7';
    repeat(29, () => hosts.recordExchange(exchange('a.example:8443', 5, { url }), 100));
    hosts.recordExchange(exchange('b.example', 5), 100);
    expect(hosts.busyOrigins()).to.deep.equal([]);
    hosts.recordExchange(exchange('a.example:8443', 5, { url }), 100);
    expect(hosts.busyOrigins()).to.deep.equal(['https://a.example:8443']);
    repeat(5, () => hosts.recordExchange(exchange('a.example:8443', 5, { url, error: 'reset' }), 100));
    expect(hosts.busyOrigins()).to.deep.equal([]);
  });

  it('takes note of requests that were no hops', () => {
    const hosts = start();
    repeat(5, () => hosts.recordExchange(exchange('a.example', 5, { error: 'reset' }), 100));
    expect(reasonAt(hosts)).to.equal('breaker-open');
  });
});
