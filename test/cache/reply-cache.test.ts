import { expect } from 'chai';
import { createReplyCache } from '../../src/cache/reply-cache.ts';
import { Deadline } from '../../src/deadline.ts';
import { createSharedCache, type SharedCache } from '../../src/cache/shared-cache.ts';
import type { Reply } from '../../src/unwrap/ports.ts';
import type { Exchange } from '../../src/unwrap/result.ts';
import { needRedis, startRedis, type TestRedis } from '../support/redis.ts';
import { exchange } from '../support/exchange.ts';
import { adOf, documentReply, failedReply, tagRequest } from '../support/kept-replies.ts';

const link = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 };
const plain = tagRequest('https://a.example/v');
const withDevice = tagRequest('https://a.example/v', { headers: true });
const personal = { ...tagRequest('https://a.example/v?ip=1', { url: true }), uri: 'https://a.example/v?ip=[DEVICEIP]' };

describe('createReplyCache', () => {
  const time = { now: 0 };
  const deadlines: Deadline[] = [];
  const deadline = (): Deadline => {
    const made = Deadline.after(1000);
    deadlines.push(made);
    return made;
  };
  afterEach(() => {
    for (const each of deadlines.splice(0)) each.cancel();
  });

  /** A cache and an ad server that counts: each load gives the next ad, a turn of the loop later. */
  function start(answer: (id: string) => Reply, maxBytes = 1e6) {
    const cache = createReplyCache({ maxBytes, rules: () => [] }, () => time.now);
    let loads = 0;
    const load = async (within: Deadline): Promise<Reply> => {
      const id = `ad${(loads += 1)}`;
      await new Promise((resolve) => setImmediate(resolve));
      return within.expired ? failedReply('timeout') : answer(id);
    };
    return { ...cache, load, loads: () => loads };
  }
  const fresh = (id: string): Reply => documentReply(100, id);
  const unfit = (id: string): Reply => documentReply(0, id);

  it('loads what it has not, and gives it again while it is fresh, with the span that fetched it', async () => {
    time.now = 0;
    const { get, load, loads, stats } = start(fresh);
    expect(await get(plain, deadline(), load, link)).to.include({ cache: 'miss' });
    time.now = 99;
    const hit = await get(plain, deadline(), load, null);
    expect(hit).to.deep.include({ cache: 'hit', link });
    expect(adOf(hit.reply)).to.equal('ad1');
    time.now = 100;
    expect(await get(plain, deadline(), load, null)).to.include({ cache: 'miss' });
    expect(loads()).to.equal(2);
    expect(stats()).to.include({ hits: 1, misses: 2, coalesced: 0, shared: 0, stale: 1, entries: 1 });
  });

  it('loads once for a thousand who miss at once', async () => {
    const { get, load, loads, stats } = start(fresh);
    const all = await Promise.all(Array.from({ length: 1000 }, () => get(plain, deadline(), load, link)));
    expect(loads()).to.equal(1);
    expect(all.map(({ cache }) => cache)).to.deep.equal(['miss', ...Array<string>(999).fill('coalesced')]);
    expect(all.every(({ reply }) => adOf(reply) === 'ad1')).to.equal(true);
    expect(stats()).to.include({ misses: 1, coalesced: 999 });
  });

  it('still loads once when it may keep nothing', async () => {
    const { get, load, loads } = start(fresh, 0);
    await Promise.all([get(plain, deadline(), load, null), get(plain, deadline(), load, null)]);
    expect(loads()).to.equal(1);
  });

  it('never gives, keeps or waits for what a value of one impression went into', async () => {
    const { get, load, loads, stats } = start(fresh);
    const all = await Promise.all([1, 2, 3].map(() => get(personal, deadline(), load, null)));
    await get(personal, deadline(), load, null);
    expect(loads()).to.equal(4);
    expect(new Set(all.map(({ reply }) => adOf(reply))).size).to.equal(3);
    expect(stats()).to.include({ entries: 0, misses: 4 });
  });

  it('gives nobody else a document that turned out not to be public', async () => {
    const { get, load } = start(unfit);
    const all = await Promise.all([1, 2, 3].map(() => get(plain, deadline(), load, null)));
    expect(new Set(all.map(({ reply }) => adOf(reply))).size).to.equal(3);
    expect(all.map(({ cache }) => cache)).to.deep.equal(['miss', 'miss', 'miss']);
  });

  it('does not make anybody wait for such a document again', async () => {
    const { get, load, loads } = start(unfit);
    await get(plain, deadline(), load, null);
    void get(plain, deadline(), load, null);
    void get(plain, deadline(), load, null);
    expect(loads(), 'both began at once').to.equal(3);
    await new Promise((resolve) => setImmediate(resolve));
  });

  it('lets those who send something of a device wait for one another, and gives them only what is public', async () => {
    const open = start(fresh);
    await Promise.all([1, 2, 3].map(() => open.get(withDevice, deadline(), open.load, null)));
    expect(open.loads()).to.equal(1);
    const closed = start(unfit);
    const all = await Promise.all([1, 2, 3].map(() => closed.get(withDevice, deadline(), closed.load, null)));
    expect(new Set(all.map(({ reply }) => adOf(reply))).size).to.equal(3);
  });

  it('lets callers wait for one another again once a reply was public', async () => {
    time.now = 0;
    let isPublic = false;
    const { get, load, loads } = start((id) => (isPublic ? fresh(id) : unfit(id)));
    await get(plain, deadline(), load, null);
    isPublic = true;
    await get(plain, deadline(), load, null);
    time.now = 100;
    await Promise.all([1, 2, 3].map(() => get(plain, deadline(), load, null)));
    expect(loads()).to.equal(3);
  });

  it('keeps what was fetched with and without a device apart', async () => {
    const { get, load } = start(fresh);
    await get(plain, deadline(), load, null);
    expect(await get(withDevice, deadline(), load, null)).to.include({ cache: 'miss' });
    expect(await get(withDevice, deadline(), load, null)).to.include({ cache: 'hit' });
  });

  it("gives a failure of the host's to all who waited, and keeps none", async () => {
    const { get, load, loads } = start(() => failedReply('http-status'));
    const all = await Promise.all([1, 2, 3].map(() => get(plain, deadline(), load, null)));
    expect(loads()).to.equal(1);
    expect(all[2]).to.deep.include({ cache: 'coalesced' });
    await get(plain, deadline(), load, null);
    expect(loads()).to.equal(2);
  });

  it('gives nobody a failure that a redirect led to', async () => {
    const exchange = { httpStatus: 302 } as Exchange;
    const { get, load, loads } = start(() => ({ ...failedReply('http-status'), exchanges: [exchange] }));
    await Promise.all([1, 2, 3].map(() => get(plain, deadline(), load, null)));
    expect(loads()).to.equal(3);
  });

  it('lets each try for itself where the failure was our own', async () => {
    const { get, load, loads } = start(() => failedReply('busy'));
    await Promise.all([1, 2, 3].map(() => get(plain, deadline(), load, null)));
    expect(loads()).to.equal(3);
  });

  it('serves the others when the first one goes away', async () => {
    const { get, load, loads } = start(fresh);
    const first = deadline();
    const waits = [get(plain, first, load, null), get(plain, deadline(), load, null)];
    first.cancel('timeout');
    const [left, stayed] = await Promise.all(waits);
    expect(left!.reply.outcome).to.have.nested.property('failure.reason', 'timeout');
    expect(adOf(stayed!.reply)).to.equal('ad1');
    expect(stayed!.cache, 'tells what the load cost').to.equal('miss');
    expect(loads()).to.equal(1);
  });

  it('gives the heir of a load only what is public', async () => {
    const { get, load, loads } = start(unfit);
    const first = deadline();
    const waits = [get(plain, first, load, null), get(plain, deadline(), load, null)];
    first.cancel('timeout');
    expect(adOf((await waits[1]!).reply)).to.equal('ad2');
    expect(loads()).to.equal(2);
  });

  it('tells the heir of a load, and nobody else, what it asked for, also where the reply was not for them', async () => {
    const asked = (id: string): Reply => ({ ...unfit(id), exchanges: [exchange(`${id}.example`, 5)] });
    const { get, load } = start(asked);
    const first = deadline();
    const left = get(plain, first, load, link);
    const heirs = [1, 2].map(() => get(plain, deadline(), load, link));
    first.cancel('gone');
    await left;
    const told = (await Promise.all(heirs)).map(({ reply }) => reply.exchanges.map(({ host }) => host));
    expect(told.map((hosts) => hosts.length).sort()).to.deep.equal([1, 2]);
    expect(told.flat().filter((host) => host === 'ad1.example')).to.have.length(1);
    expect(new Set(told.flat()).size).to.equal(3);
  });

  it('keeps an answer without an ad for as long as it is fresh', async () => {
    time.now = 0;
    const empty: Reply = { exchanges: [], outcome: { kind: 'empty', httpStatus: 204 }, freshForMs: 100 };
    const { get, load } = start(() => empty);
    await get(plain, deadline(), load, null);
    const hit = await get(plain, deadline(), load, null);
    expect(hit).to.include({ cache: 'hit' });
    expect(hit.reply.outcome).to.deep.equal({ kind: 'empty', httpStatus: 204 });
  });

  describe('with a second level', function () {
    let redis: TestRedis;
    let shared: SharedCache;
    before(async function () {
      needRedis(this);
      redis = await startRedis();
      shared = createSharedCache(
        { url: redis.url },
        () => performance.now(),
        Date.now,
        () => 0.5,
      );
      while (!shared.stats().connected) await new Promise((resolve) => setTimeout(resolve, 5));
    });
    after(async () => {
      shared?.close();
      await redis?.stop();
    });
    beforeEach(() => redis.client.flushall());

    /** Another replica: a memory of its own. */
    const replica = () => createReplyCache({ maxBytes: 1e6, rules: () => [] }, () => time.now, shared);
    const load = (freshForMs: number) => (): Promise<Reply> => Promise.resolve(documentReply(freshForMs, 'shared'));
    const never = (): Promise<Reply> => Promise.reject(new Error('it was loaded'));
    const written = async (): Promise<void> => {
      while ((await redis.client.dbsize()) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    };

    it('takes what another replica loaded, with its span, and keeps it in memory', async () => {
      const [one, other] = [replica(), replica()];
      await one.get(plain, deadline(), load(60_000), link);
      await written();
      const told = await other.get(plain, deadline(), never, null);
      expect(told).to.deep.include({ cache: 'shared', link });
      expect(adOf(told.reply)).to.equal('shared');
      expect(told.reply.freshForMs).to.be.within(1, 60_000);
      expect(await other.get(plain, deadline(), never, null)).to.include({ cache: 'hit' });
      expect(other.stats()).to.include({ shared: 1, hits: 1, misses: 0 });
      expect(other.stats().sharedCache).to.include({ connected: true });
    });

    it('asks it once for all who miss at the same time', async () => {
      await replica().get(plain, deadline(), load(60_000), null);
      await written();
      const other = replica();
      const before = shared.stats().found;
      const all = await Promise.all([1, 2, 3].map(() => other.get(plain, deadline(), never, null)));
      expect(all.map(({ cache }) => cache)).to.deep.equal(['shared', 'coalesced', 'coalesced']);
      expect(shared.stats().found - before).to.equal(1);
    });

    it('keeps nothing for longer than five minutes, whatever was written', async () => {
      await replica().get(plain, deadline(), load(9_000_000), null);
      await written();
      const told = await replica().get(plain, deadline(), never, null);
      expect(told.reply.freshForMs).to.equal(300_000);
    });

    it('shares nothing that may not be kept', async () => {
      const one = replica();
      await one.get(plain, deadline(), load(0), null);
      await one.get(personal, deadline(), load(60_000), null);
      await one.get(withDevice, deadline(), load(60_000), null);
      await written();
      expect(await redis.client.dbsize()).to.equal(1);
    });
  });
});
