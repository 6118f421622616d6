import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type CacheClient, type CacheServer, createCacheClient } from '../../src/cache/cache-client.ts';
import { createAuthority } from '../support/certificates.ts';
import { needRedis, startCluster, startRedis, startSentinel } from '../support/redis.ts';
import { eventually, freePort, temporaryFolder } from '../support/tools.ts';

const PASSWORD = 'p@ss:wörd/1';
const NONE = { ca: null, cert: null, key: null };

describe('createCacheClient', function () {
  const clients: CacheClient[] = [];
  const ends: (() => Promise<void>)[] = [];
  before(function () {
    needRedis(this);
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await Promise.all(ends.splice(0).map((end) => end()));
  });
  const kept = <Server extends { readonly stop: () => Promise<void> }>(server: Server): Server => {
    ends.push(server.stop);
    return server;
  };

  /** Connects, and says what was told so far. */
  function connect(server: CacheServer): { readonly client: CacheClient; readonly told: (string | null)[] } {
    const told: (string | null)[] = [];
    const client = createCacheClient(
      server,
      () => 0.5,
      (failure) => told.push(failure),
    );
    clients.push(client);
    return { client, told };
  }
  async function expectWorking(server: CacheServer): Promise<ReturnType<typeof connect>> {
    const connected = connect(server);
    await eventually(() => Promise.resolve(connected.client.isReady()), 'a connection');
    await expectSharing(connected.client);
    expect(connected.told).to.deep.equal([null]);
    return connected;
  }
  async function expectSharing(client: CacheClient): Promise<void> {
    // as many as come to each server of a cluster
    for (const key of ['a', 'b', 'c', 'd', 'e']) {
      await client.write(key, Buffer.from(`value ${key}`), 60_000);
      expect(String(await client.read(key, 1000))).to.equal(`value ${key}`);
    }
    expect(await client.read('none', 1000)).to.have.length(0);
  }
  async function expectRefused(server: CacheServer, failure: string): Promise<void> {
    const { client, told } = connect(server);
    await eventually(() => Promise.resolve(told.length > 0), 'a refusal');
    expect(told[0]).to.equal(failure);
    expect(client.isReady()).to.equal(false);
  }

  it('logs in with a password, or with a user of little rights, out of the URL or beside it', async () => {
    const { port, client } = kept(await startRedis());
    await client.acl('SETUSER', 'ads', 'on', `>${PASSWORD}`, '~*', '-@all', '+getrange', '+set', '+info');
    await client.config('SET', 'requirepass', PASSWORD);
    const encoded = encodeURIComponent(PASSWORD);
    await expectWorking({ url: `redis://:${encoded}@127.0.0.1:${port}` });
    await expectWorking({ url: `valkey://ads:${encoded}@127.0.0.1:${port}` });
    await expectWorking({ url: `redis://127.0.0.1:${port}`, user: 'ads', password: PASSWORD });
    await expectWorking({ url: `redis://other:wrong@127.0.0.1:${port}`, user: 'ads', password: PASSWORD });
    await expectRefused({ url: `redis://127.0.0.1:${port}` }, 'NOAUTH');
    await expectRefused({ url: `redis://ads:wrong@127.0.0.1:${port}` }, 'WRONGPASS');
  });

  it('connects over TLS to who proves its name, with a certificate of its own where that is asked for', async () => {
    using folder = temporaryFolder();
    const at = (name: string): string => join(folder.path, name);
    const authority = createAuthority();
    const server = authority.issue('localhost');
    const own = authority.issue('vast-unwrap');
    writeFileSync(at('ca.pem'), authority.cert);
    writeFileSync(at('cert.pem'), server.cert);
    writeFileSync(at('key.pem'), server.key);
    const port = await freePort();
    const files = [
      '--tls-ca-cert-file',
      at('ca.pem'),
      '--tls-cert-file',
      at('cert.pem'),
      '--tls-key-file',
      at('key.pem'),
    ];
    const { client } = kept(await startRedis(['--tls-port', String(port), '--tls-auth-clients', 'no', ...files]));
    const url = `rediss://localhost:${port}`;
    const trusting = { url, tls: { ...NONE, ca: authority.cert } };
    await expectWorking(trusting);
    await expectRefused({ url }, 'SELF_SIGNED_CERT_IN_CHAIN');
    await expectRefused({ ...trusting, url: `rediss://127.0.0.1:${port}` }, 'ERR_TLS_CERT_ALTNAME_INVALID');
    await client.config('SET', 'tls-auth-clients', 'yes');
    await expectWorking({ url, tls: { ca: authority.cert, ...own } });
    const { client: refused, told } = connect(trusting);
    await eventually(() => Promise.resolve(told.length > 0), 'a refusal');
    expect([typeof told[0], refused.isReady()]).to.deep.equal(['string', false]);
  });

  it('finds each key in a cluster by any of its nodes', async () => {
    const servers = (await startCluster(3)).map(kept);
    await expectWorking({ url: `redis+cluster://127.0.0.1:1,localhost:${servers[1]!.port}` });
    const sizes = await Promise.all(servers.map(({ client }) => client.dbsize()));
    expect(sizes.filter((size) => size > 0)).to.have.length.above(1);
  });

  it('tells of a cluster that is lost and found again once each', async () => {
    const [server] = (await startCluster(1)).map(kept);
    const { client, told } = await expectWorking({ url: `redis+cluster://localhost:${server!.port}` });
    await server!.kill();
    await eventually(() => Promise.resolve(told.length === 2), 'the loss to be told');
    expect(told[1]).to.be.a('string');
    await expectFailing(client);
    await server!.restart();
    await eventually(() => Promise.resolve(client.isReady()), 'the server to be found again');
    await eventually(() => expectSharing(client).then(() => true), 'the cluster to be whole again');
    expect(told).to.have.length(3);
    expect(told[2]).to.equal(null);
  });

  it('asks sentinels for the server, and follows when another takes its place', async () => {
    const first = kept(await startRedis());
    const second = kept(await startRedis(['--replicaof', `127.0.0.1 ${first.port}`]));
    await eventually(async () => (await second.client.info()).includes('master_link_status:up'), 'a replica');
    const sentinel = kept(await startSentinel('ads', first, PASSWORD));
    const url = `redis+sentinel://127.0.0.1:1,127.0.0.1:${sentinel.port}/ads`;
    const { client, told } = await expectWorking({ url, sentinelPassword: PASSWORD });
    await eventually(async () => (await second.client.dbsize()) === 5, 'the replica to have all');
    await first.kill();
    await eventually(() => Promise.resolve(told.length > 1 && client.isReady()), 'the other server');
    await eventually(() => expectSharing(client).then(() => true), 'the other server to be the master');
    expect(told.map((failure) => failure === null)).to.deep.equal(told.map((_, index) => index % 2 === 0));
  });

  it('tells of a server that is lost and found again once each, however often it tries', async () => {
    const server = kept(await startRedis());
    const { client, told } = await expectWorking({ url: server.url });
    await server.kill();
    await eventually(() => Promise.resolve(told.length === 2), 'the loss to be told');
    await expectFailing(client);
    await server.restart();
    await eventually(() => Promise.resolve(client.isReady()), 'the server to be found again');
    await expectSharing(client);
    expect(told).to.have.length(3);
    expect([typeof told[1], told[2]]).to.deep.equal(['string', null]);
  });

  async function expectFailing(client: CacheClient): Promise<void> {
    const failed = await client.read('a', 10).then(
      () => false,
      () => true,
    );
    expect(failed).to.equal(true);
  }
});
