import { expect } from 'chai';
import { createSharedCache, type SharedCache } from '../../src/cache/shared-cache.ts';
import { Deadline } from '../../src/deadline.ts';
import { needRedis, startRedis, type TestRedis } from '../support/redis.ts';

describe('createSharedCache', function () {
  const time = { offset: 0 };
  const clock = (): number => performance.now() + time.offset;
  const value = Buffer.from('x'.repeat(5000));
  let redis: TestRedis;
  const open: SharedCache[] = [];

  before(async function () {
    needRedis(this);
    redis = await startRedis();
  });
  after(() => redis?.stop());
  beforeEach(() => redis.client.flushall());
  afterEach(async () => {
    for (const each of open.splice(0)) each.close();
    await redis.client.config('SET', 'maxmemory', '0');
  });

  /** Asks again until it is so: what happens in another process has no event to wait for. */
  async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  async function connect(url = redis.url, secret: string | null = null): Promise<SharedCache> {
    const cache = createSharedCache({ url, secret }, clock, Date.now, () => 0.5);
    open.push(cache);
    await until(() => cache.stats().connected);
    return cache;
  }
  async function get(cache: SharedCache, key: string): Promise<Buffer | null> {
    const deadline = Deadline.after(1000);
    const found = await cache.get('test', key, deadline);
    deadline.cancel();
    return found?.bytes ?? null;
  }
  async function put(cache: SharedCache, key: string, bytes = value, ttlMs = 60_000): Promise<void> {
    const size = await redis.client.dbsize();
    cache.set('test', key, bytes, ttlMs);
    await until(async () => (await redis.client.dbsize()) > size);
  }

  it('shares a value with other replicas, for as long as it is fresh', async () => {
    const [one, other] = [await connect(), await connect()];
    await put(one, 'a');
    expect(await get(other, 'a')).to.deep.equal(value);
    expect(await get(other, 'b')).to.equal(null);
    expect(other.stats()).to.include({ found: 1, notFound: 1, errors: 0, state: 'closed' });
    const [name] = await redis.client.keys('*');
    expect(name).to.match(/^vast-unwrap:test:[\w-]{43}$/);
    expect(await redis.client.pttl(name!)).to.be.within(1, 60_000);
    expect(await redis.client.strlen(name!)).to.be.below(value.length / 10);
  });

  it('takes with a secret only what was written with it, and under its own key', async () => {
    const [one, same, other, none] = [
      await connect(redis.url, 'secret'),
      await connect(redis.url, 'secret'),
      await connect(redis.url, 'another'),
      await connect(),
    ];
    await put(one, 'a');
    expect(await get(same, 'a')).to.deep.equal(value);
    expect(await get(other, 'a')).to.equal(null);
    expect(await get(none, 'a')).to.equal(null);
    const [name] = await redis.client.keys('*');
    await put(one, 'b', Buffer.from('another value'));
    const moved = (await redis.client.keys('*')).find((each) => each !== name)!;
    await redis.client.copy(name!, moved, 'REPLACE');
    expect(await get(same, 'b')).to.equal(null);
    await put(none, 'c');
    expect(await get(one, 'c')).to.equal(null);
    expect([same, other, one].map((each) => each.stats().unusable)).to.deep.equal([1, 1, 1]);
  });

  it('says to those who want to know whether there is nothing, or nobody answered', async () => {
    const cache = await connect();
    const deadline = Deadline.after(60_000);
    const find = (key: string) => cache.find('test', key, deadline, 5000);
    expect(await find('a')).to.equal('nothing');
    await put(cache, 'a');
    expect(await find('a'))
      .to.have.property('bytes')
      .that.deep.equals(value);
    const [name] = await redis.client.keys('*');
    await redis.client.set(name!, 'rubbish');
    expect(await find('a')).to.equal('nothing');
    deadline.cancel();
    expect(await find('a')).to.equal('no answer');
    const nobody = createSharedCache({ url: 'redis://127.0.0.1:1', secret: null }, clock, Date.now, () => 0.5);
    open.push(nobody);
    expect(await nobody.find('test', 'a', Deadline.after(5))).to.equal('no answer');
  });

  it('begins its keys as it is told to, so that others see nothing of them', async () => {
    const [ours, theirs] = [
      await connect(),
      createSharedCache({ url: redis.url, prefix: 'b:{x}' }, clock, Date.now, () => 0.5),
    ];
    open.push(theirs);
    await until(() => theirs.stats().connected);
    await put(theirs, 'a');
    expect((await redis.client.keys('*'))[0]).to.match(/^b:\{x\}:test:[\w-]{43}$/);
    expect(await get(ours, 'a')).to.equal(null);
    expect(await get(theirs, 'a')).to.deep.equal(value);
  });

  it('reads no more of a giant than may be shared', async () => {
    const cache = await connect();
    await put(cache, 'a');
    const [name] = await redis.client.keys('*');
    await redis.client.setrange(name!, 64_000_000, 'x');
    expect(await get(cache, 'a')).to.equal(null);
    const [, sent] = /total_net_output_bytes:(\d+)/.exec(await redis.client.info('stats'))!;
    expect(Number(sent)).to.be.below(10_000_000);
  });

  it('keeps kinds apart, and writes nothing that is over already', async () => {
    const cache = await connect();
    cache.set('test', 'a', value, 0.5);
    cache.set('other', 'a', value, 60_000);
    await until(async () => (await redis.client.dbsize()) === 1);
    expect(await get(cache, 'a')).to.equal(null);
  });

  it('passes over rubbish, values of another type, and what was cut short', async () => {
    const cache = await connect();
    await put(cache, 'a');
    const [name] = (await redis.client.keys('*')) as [string];
    const written = (await redis.client.getBuffer(name))!;
    for (const rubbish of ['', 'x', '\u0001{}', written.subarray(0, 50), Buffer.alloc(100_000)]) {
      await redis.client.set(name, rubbish);
      expect(await get(cache, 'a')).to.equal(null);
    }
    expect(cache.stats()).to.include({ unusable: 4, state: 'closed' });
    await redis.client.del(name);
    await redis.client.lpush(name, 'x');
    for (let index = 0; index < 10; index += 1) expect(await get(cache, 'a')).to.equal(null);
    expect(cache.stats(), 'it answers, so it is not left alone').to.include({ errors: 10, state: 'closed' });
  });

  it('goes on reading when the server is full', async () => {
    const cache = await connect();
    await put(cache, 'a');
    await redis.client.config('SET', 'maxmemory-policy', 'noeviction');
    await redis.client.config('SET', 'maxmemory', '1');
    for (const key of ['b', 'c', 'd', 'e', 'f', 'g']) cache.set('test', key, value, 60_000);
    await until(() => cache.stats().errors === 6);
    expect(await get(cache, 'a')).to.deep.equal(value);
    expect(await get(cache, 'b')).to.equal(null);
    expect(cache.stats().state).to.equal('closed');
  });

  it('waits for a frozen server five times, then leaves it alone until a probe goes well', async () => {
    const cache = await connect();
    await put(cache, 'a');
    redis.freeze();
    try {
      for (let index = 0; index < 20; index += 1) expect(await get(cache, 'a')).to.equal(null);
      expect(cache.stats()).to.include({ timeouts: 5, state: 'open' });
      cache.set('test', 'b', value, 60_000);
    } finally {
      redis.thaw();
    }
    expect(await get(cache, 'a'), 'still left alone').to.equal(null);
    time.offset += 1000;
    await until(async () => (await get(cache, 'a')) !== null);
    expect(cache.stats().state).to.equal('closed');
  });

  it('does not blame the server for a deadline that was nearly over', async () => {
    const cache = await connect();
    redis.freeze();
    try {
      for (let index = 0; index < 10; index += 1) {
        expect(await cache.get('test', 'a', Deadline.after(1))).to.equal(null);
      }
      expect(cache.stats().state).to.equal('closed');
    } finally {
      redis.thaw();
    }
    const over = Deadline.after(1000);
    over.cancel();
    const { timeouts } = cache.stats();
    expect(await cache.get('test', 'a', over)).to.equal(null);
    expect(cache.stats().timeouts, 'not even asked').to.equal(timeouts);
  });

  it('lives through the death of the server and finds it again', async () => {
    const cache = await connect();
    await put(cache, 'a');
    const asking = get(cache, 'a');
    await redis.kill();
    await asking;
    await until(() => !cache.stats().connected);
    expect(await get(cache, 'a')).to.equal(null);
    cache.set('test', 'a', value, 60_000);
    await redis.restart();
    await until(() => cache.stats().connected);
    await put(cache, 'a');
    expect(await get(cache, 'a')).to.deep.equal(value);
  });

  it('finds nothing where there is no server, and waits for none', async () => {
    const cache = createSharedCache({ url: 'redis://127.0.0.1:1' }, clock, Date.now, () => 0.5);
    open.push(cache);
    cache.set('test', 'a', value, 60_000);
    expect(await get(cache, 'a')).to.equal(null);
    await until(() => cache.stats().errors > 0);
    expect(await get(cache, 'a')).to.equal(null);
    expect(cache.stats()).to.include({ connected: false, timeouts: 0, state: 'closed' });
  });

  it('drops writes when too many are under way', async () => {
    const cache = await connect();
    for (let index = 0; index < 200; index += 1) cache.set('test', `k${index}`, value, 60_000);
    await until(async () => (await redis.client.dbsize()) >= 64);
    expect(await redis.client.dbsize()).to.equal(64);
  });
});
