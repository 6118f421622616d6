import { expect } from 'chai';
import fc from 'fast-check';
import { FAILURES, type FailureReason } from '../../src/chain/failure.ts';
import { createHosts } from '../../src/hosts/hosts.ts';
import type { Exchange } from '../../src/unwrap/result.ts';
import { exchange } from '../support/exchange.ts';

describe('createHosts', () => {
  const time = { now: 0 };
  const start = (skipHopeless = true) =>
    createHosts(
      { maxHosts: 10, skipHopeless },
      () => time.now,
      () => 0,
      () => 0.5,
    );
  type Known = ReturnType<typeof start>;
  beforeEach(() => {
    time.now = 0;
  });

  /** Asks for what comes to these requests; why it was not asked, or null. */
  const visit = async (
    hosts: Known,
    exchanges: readonly Exchange[],
    { host = exchanges[0]?.host ?? 'a.example', remainingMs = 100, request = {} } = {},
  ): Promise<FailureReason | null> => {
    const came = await hosts.visit({ host, remainingMs, request }, () => Promise.resolve({ exchanges }));
    return 'refused' in came ? came.refused.reason : null;
  };
  const ended = (error: FailureReason, of: Partial<Exchange> = {}, ms = 90): Exchange =>
    exchange('a.example', ms, { error, httpStatus: null, ...of });
  const fine = (ms = 10): Exchange => exchange('a.example', ms);
  const repeat = async (times: number, run: () => Promise<unknown>): Promise<void> => {
    for (let index = 0; index < times; index += 1) await run();
  };
  /** Would it be asked? Nothing is sent, so that the place of a probe is given back. */
  const reasonAt = (hosts: Known, remainingMs = 100): Promise<FailureReason | null> =>
    visit(hosts, [], { remainingMs });
  const rowOf = (hosts: Known, host = 'a.example') => hosts.report().hosts.find((row) => row.host === host);

  it('asks a host that nothing is known of, and remembers nothing where nothing was sent', async () => {
    const hosts = start();
    expect(await visit(hosts, [], { remainingMs: 1 })).to.equal(null);
    expect(hosts.report().hosts).to.have.length(0);
  });

  describe('leaves a host alone', () => {
    const ofHosts: readonly FailureReason[] = ['timeout', 'connect', 'tls', 'reset'];
    for (const reason of Object.keys(FAILURES) as FailureReason[]) {
      const isHosts = ofHosts.includes(reason);
      it(`${isHosts ? 'after five times' : 'never for'} ${reason}`, async () => {
        const hosts = start();
        await visit(hosts, [fine()]);
        await repeat(4, () => visit(hosts, [ended(reason)]));
        expect(await reasonAt(hosts)).to.equal(null);
        await repeat(16, () => visit(hosts, [ended(reason)]));
        expect(await reasonAt(hosts)).to.equal(isHosts ? 'breaker-open' : null);
      });
    }

    it('after five replies of 5xx or 429, of documents and of files, and never for another status', async () => {
      for (const [httpStatus, expected] of [
        [500, 'breaker-open'],
        [503, 'breaker-open'],
        [429, 'breaker-open'],
        ...[200, 204, 302, 304, 400, 401, 403, 404, 410, 418, 451].map((status) => [status, null] as const),
      ] as const) {
        for (const error of ['http-status', null] as const) {
          const hosts = start();
          await repeat(20, () => visit(hosts, [exchange('a.example', 5, { httpStatus, error })]));
          expect(await reasonAt(hosts), `${httpStatus} ${error}`).to.equal(expected);
        }
      }
    });

    it('not where the answer of another tag shows that it is well', async () => {
      const hosts = start();
      for (let round = 0; round < 9; round += 1) {
        await repeat(4, () => visit(hosts, [ended('reset')]));
        await visit(hosts, [exchange('a.example', 5, { httpStatus: 404, error: 'http-status' })]);
      }
      expect(await reasonAt(hosts)).to.equal(null);
    });

    it('by one observation a request, however often that asks', async () => {
      const hosts = start();
      for (let requests = 1; requests <= 5; requests += 1) {
        expect(await reasonAt(hosts), `before request ${requests}`).to.equal(null);
        const request = {};
        const pod = Array.from({ length: 8 }, () => visit(hosts, [ended('reset')], { request }));
        await Promise.all(pod);
      }
      expect(await reasonAt(hosts)).to.equal('breaker-open');
    });

    it('by one observation a request and host: each host of a batch has its own', async () => {
      const hosts = start();
      const of = (host: string): Exchange => exchange(host, 5, { error: 'connect', httpStatus: null });
      await repeat(5, async () => {
        const request = {};
        for (const host of ['a.example', 'b.example', 'a.example']) await visit(hosts, [of(host)], { request });
      });
      for (const host of ['a.example', 'b.example']) expect(await visit(hosts, [of(host)])).to.equal('breaker-open');
      expect(await visit(hosts, [of('c.example')])).to.equal(null);
    });

    it('not for time-outs that had less than it usually needs', async () => {
      for (const [usualMs, givenMs, expected] of [
        [null, 30, null],
        [null, 79, null],
        [null, 80, 'breaker-open'],
        [60, 27, null],
        [60, 55, null],
        [60, 62, 'breaker-open'],
        [5, 19, null],
        [5, 20, 'breaker-open'],
        [300, 200, null],
        [300, 305, 'breaker-open'],
      ] as const) {
        const hosts = start();
        if (usualMs !== null) await repeat(20, () => visit(hosts, [fine(usualMs)]));
        await repeat(20, () => visit(hosts, [ended('timeout', {}, givenMs)]));
        expect(await reasonAt(hosts, 1000), `${givenMs} of ${usualMs}`).to.equal(expected);
      }
    });

    it('not for time-outs that our own loop brought about, which are no faults in the table either', async () => {
      const hosts = start();
      await repeat(20, () => visit(hosts, [ended('timeout', { ownDelayMs: 107 }, 110)]));
      expect(await reasonAt(hosts)).to.equal(null);
      expect(rowOf(hosts)).to.include({ calls: 20, timeouts: 0, errors: 0, chainsHurt: 0, p99Ms: null });
      await repeat(5, () => visit(hosts, [ended('reset', { ownDelayMs: 107 }, 110)]));
      expect(await reasonAt(hosts), 'a fault that needs no clock').to.equal('breaker-open');
    });

    it('not for what it had time for but our own loop took: late by less than half', async () => {
      const hosts = start();
      await repeat(20, () => visit(hosts, [ended('timeout', { ownDelayMs: 30 }, 97)]));
      expect(await reasonAt(hosts)).to.equal(null);
      expect(rowOf(hosts)).to.include({ timeouts: 20 });
    });

    it('until a probe has gone well, and shows it in the table', async () => {
      const hosts = start();
      await repeat(5, () => visit(hosts, [ended('connect')]));
      expect(rowOf(hosts)).to.include({ breaker: 'open' });
      expect(hosts.openBreakers()).to.equal(1);
      time.now = 2000;
      const probe = hosts.visit({ host: 'a.example', remainingMs: 100, request: {} }, async () => {
        expect(await reasonAt(hosts), 'one probe at a time').to.equal('breaker-open');
        expect(rowOf(hosts)).to.include({ breaker: 'half-open' });
        return { exchanges: [fine()] };
      });
      await probe;
      expect(await reasonAt(hosts)).to.equal(null);
      expect(rowOf(hosts)).to.include({ breaker: 'closed' });
      expect(hosts.openBreakers()).to.equal(0);
    });

    it('again where the probe fails, also that of a request that has told of it before', async () => {
      const hosts = start();
      const request = {};
      await visit(hosts, [ended('connect')], { request });
      await repeat(4, () => visit(hosts, [ended('connect')]));
      time.now = 2000;
      expect(await visit(hosts, [ended('connect')], { request })).to.equal(null);
      expect(rowOf(hosts)).to.include({ breaker: 'open' });
      time.now = 5999;
      expect(await reasonAt(hosts)).to.equal('breaker-open');
      time.now = 6000;
      expect(await reasonAt(hosts)).to.equal(null);
    });

    it('and counts the time that the redirect to it had, not the hop', async () => {
      const hosts = start();
      const redirected = [
        exchange('r.example', 85, { httpStatus: 302 }),
        exchange('a.example', 15, { startedAt: 85, error: 'timeout', httpStatus: null }),
      ];
      await repeat(10, () => visit(hosts, redirected));
      expect(await reasonAt(hosts)).to.equal(null);
      expect(await visit(hosts, [], { host: 'r.example' })).to.equal(null);
    });

    it('and blames the host that failed, not the one that redirected to it', async () => {
      const hosts = start();
      const redirected = [
        exchange('r.example', 5, { httpStatus: 302 }),
        exchange('a.example', 15, { startedAt: 5, error: 'reset', httpStatus: null }),
      ];
      await repeat(10, () => visit(hosts, redirected));
      expect(await reasonAt(hosts)).to.equal('breaker-open');
      expect(await visit(hosts, [], { host: 'r.example' })).to.equal(null);
    });

    it('and gives the place of a probe to the next that was not sent, or that ended in a bug', async () => {
      const hosts = start();
      await repeat(5, () => visit(hosts, [ended('connect')]));
      time.now = 2000;
      expect(await visit(hosts, [])).to.equal(null);
      const bug = hosts.visit({ host: 'a.example', remainingMs: 9, request: {} }, () =>
        Promise.reject(new Error('bug')),
      );
      expect(await bug.catch((error: Error) => error.message)).to.equal('bug');
      expect(await visit(hosts, [fine()])).to.equal(null);
      expect(rowOf(hosts)).to.include({ breaker: 'closed' });
    });

    it('and takes no probe for a hop that is hopeless', async () => {
      const hosts = start();
      await repeat(100, () => visit(hosts, [fine(50)]));
      await repeat(5, () => visit(hosts, [ended('connect')]));
      time.now = 2000;
      expect(await reasonAt(hosts, 10)).to.equal('hopeless');
      expect(await reasonAt(hosts, 100)).to.equal(null);
    });

    it('never by what callers with little time see, whatever it takes and in whatever order they come', async () => {
      const ms = fc.integer({ min: 1, max: 200 });
      await fc.assert(
        fc.asyncProperty(ms, fc.array(ms, { maxLength: 60 }), async (takesMs, given) => {
          const hosts = start(false);
          await repeat(20, () => visit(hosts, [fine(takesMs)]));
          for (const givenMs of given) {
            const came = givenMs < takesMs ? ended('timeout', {}, givenMs) : fine(takesMs);
            expect(await visit(hosts, [came])).to.equal(null);
          }
        }),
        { numRuns: 50 },
      );
    });
  });

  describe('does not start a hop', () => {
    const teach = async (hosts: Known, times: number): Promise<void> => {
      // The fastest twentieth takes 40 ms, the rest 80.
      for (let index = 0; index < times; index += 1) await visit(hosts, [fine(index % 20 === 0 ? 40 : 80)]);
    };

    it('with less time left than the fastest twentieth needed, at 100 observations and more', async () => {
      const hosts = start();
      await teach(hosts, 99);
      expect(await reasonAt(hosts, 10)).to.equal(null);
      await teach(hosts, 1);
      expect(await reasonAt(hosts, 39)).to.equal('hopeless');
      expect(await reasonAt(hosts, 41)).to.equal(null);
      expect(await visit(hosts, [], { host: 'b.example', remainingMs: 1 })).to.equal(null);
    });

    it('unless that is switched off', async () => {
      const hosts = start(false);
      await teach(hosts, 200);
      expect(await reasonAt(hosts, 10)).to.equal(null);
    });

    it('by what failures took, or by what our own loop was late', async () => {
      const hosts = start();
      await repeat(200, () => visit(hosts, [ended('timeout')]));
      await repeat(200, () => visit(hosts, [exchange('a.example', 90, { httpStatus: 404, error: 'http-status' })]));
      time.now = 60_000;
      expect(await reasonAt(hosts, 10)).to.equal(null);
      await repeat(200, () => visit(hosts, [exchange('a.example', 90, { ownDelayMs: 85 })]));
      expect(await reasonAt(hosts, 10)).to.equal(null);
    });

    it('by what it needed more than an hour ago', async () => {
      const hosts = start();
      await teach(hosts, 200);
      time.now = 3_599_999;
      expect(await reasonAt(hosts, 10)).to.equal('hopeless');
      time.now = 3_600_000;
      expect(await reasonAt(hosts, 10)).to.equal(null);
      await teach(hosts, 99);
      expect(await reasonAt(hosts, 10)).to.equal(null);
    });
  });

  it('remembers no host by a name that never resolved, or that the guard refused', async () => {
    const hosts = start();
    const looking = { dns: 90, tcp: null, tls: null, ttfb: null, download: null };
    await visit(hosts, [ended('dns', { phases: looking })]);
    await visit(hosts, [ended('timeout', { phases: looking })]);
    await visit(hosts, [ended('egress-blocked')]);
    await visit(hosts, [ended('cancelled')]);
    expect(hosts.report().hosts).to.have.length(0);
    await visit(hosts, [fine()]);
    await repeat(9, () => visit(hosts, [ended('timeout', { phases: looking }), ended('dns', { phases: looking })]));
    expect(rowOf(hosts)).to.include({ calls: 19, breaker: 'closed' });
  });

  it('counts the hops that were not started, and the chains that were hurt', async () => {
    const hosts = start();
    await repeat(5, () => visit(hosts, [exchange('a.example', 5, { error: 'reset' })]));
    expect(await reasonAt(hosts)).to.equal('breaker-open');
    expect(await reasonAt(hosts)).to.equal('breaker-open');
    expect(rowOf(hosts)).to.include({ calls: 5, errors: 5, skipped: 2, chainsHurt: 7 });
  });

  it('shows a host without what our own loop was late, in its latency and in its phases', async () => {
    const hosts = start();
    const phases = { dns: 1, tcp: 2, tls: 3, ttfb: 90, download: 24 };
    await visit(hosts, [exchange('a.example', 120, { phases, ownDelayMs: 107 })]);
    const row = rowOf(hosts)!;
    expect(row).to.include({ calls: 1, waitingMs: 13 });
    expect(row.p50Ms).to.be.closeTo(13, 0.2);
    expect(row.phasesMs).to.deep.equal({ dns: 1, tcp: 2, tls: 3, ttfb: 0, download: 7 });
  });

  it('knows which requests kept their place though they had the time that the host needs', async () => {
    const hosts = start();
    expect(hosts.isHanging(ended('timeout'))).to.equal(true);
    expect(hosts.isHanging(ended('timeout', {}, 30))).to.equal(false);
    expect(hosts.isHanging(ended('timeout', { ownDelayMs: 60 }))).to.equal(false);
    expect(hosts.isHanging(ended('reset'))).to.equal(false);
    expect(hosts.isHanging(fine(500))).to.equal(false);
    await repeat(20, () => visit(hosts, [fine(25)]));
    expect(hosts.isHanging(ended('timeout', {}, 30))).to.equal(true);
  });

  it('knows the origins of hosts in steady use, but for those that are left alone', async () => {
    const hosts = start();
    const url = 'https://a.example:8443/v?ip=203.0.113.7';
    const call = (error: FailureReason | null = null): Promise<unknown> =>
      visit(hosts, [exchange('a.example:8443', 5, { url, error })]);
    await repeat(29, call);
    await visit(hosts, [exchange('b.example', 5)]);
    expect(hosts.busyOrigins()).to.deep.equal([]);
    await call();
    expect(hosts.busyOrigins()).to.deep.equal(['https://a.example:8443']);
    await repeat(5, () => call('reset'));
    expect(hosts.busyOrigins()).to.deep.equal([]);
  });
});
