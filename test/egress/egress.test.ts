import { once } from 'node:events';
import https from 'node:https';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { expect } from 'chai';
import { Deadline } from '../../src/deadline.ts';
import { createEgress, type Egress, type EgressOverrides, type EgressSettings } from '../../src/egress/egress.ts';
import type { FetchReply } from '../../src/unwrap/ports.ts';
import { createAuthority, type Certificate } from '../support/certificates.ts';
import { spyOnConnects, type ConnectSpy } from '../support/connect-spy.ts';
import { startDnsServer, type DnsServer } from '../support/dns-server.ts';
import { startFaultServer, type FaultServer } from '../support/fault-server.ts';
import { until } from '../support/until.ts';

/** Stands for the public internet: the policy of these tests opens it, and nothing else of loopback. */
const PUBLIC = '127.0.0.2';

describe('createEgress', () => {
  let egress: Egress;
  let dns: DnsServer;
  let spy: ConnectSpy;

  before(async () => {
    dns = await startDnsServer(() => 'NXDOMAIN');
  });
  after(() => dns.stop());
  beforeEach(() => {
    dns.play((_, type) => ({ ips: type === 'A' ? [PUBLIC] : [] }));
    spy = spyOnConnects();
  });
  afterEach(() => {
    spy.stop();
    egress.close();
  });

  const create = (settings: Partial<EgressSettings> = {}, overrides: EgressOverrides = {}): Egress =>
    (egress = createEgress(
      { allow: [PUBLIC], ports: [80], client: 'got', maxDocumentBytes: 1000, userAgent: 'test', ...settings },
      { nameServers: [dns.address], dnsWaitMs: 5000, ...overrides },
    ));
  const ask = async (url: string, ms = 2000): Promise<FetchReply> => {
    const deadline = Deadline.after(ms);
    const reply = await egress.fetchVast(
      { url, target: URL.parse(url), uri: url, headers: {}, personal: { url: false, headers: false } },
      deadline,
    );
    deadline.cancel();
    return reply;
  };
  const endOf = ({ outcome }: FetchReply): string => (outcome.ok ? 'ok' : outcome.failure.reason);

  it('closes all that it opened, and opens nothing more', async () => {
    const server = await startFaultServer(PUBLIC);
    create();
    expect(endOf(await ask(server.url('none')))).to.equal('ok');
    const asking = ask(server.url('silence'));
    await until(() => server.requests.length >= 2);
    egress.close();
    expect(endOf(await asking)).to.equal('reset');
    await server.allClosed();
    expect([egress.inFlight(), egress.idleSockets()]).to.deep.equal([0, 0]);
    expect(endOf(await ask(server.url('none')))).to.equal('cancelled');
    expect(server.opened()).to.equal(1);
    await server.stop();
  });

  it('connects ahead through the same guard, for a request that then finds the connection', async () => {
    const server = await startFaultServer(PUBLIC);
    create();
    for (const origin of ['http://10.0.0.1', 'http://127.0.0.1', server.url('').replace(/\/$/, '')]) {
      egress.keepWarm(origin);
    }
    await until(() => spy.attempts.length > 0);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const { exchanges } = await ask(server.url('none'));
    expect(exchanges[0]).to.deep.include({ reused: true, error: null });
    expect(exchanges[0]!.phases).to.include({ dns: null, tcp: null });
    expect(spy.attempts).to.deep.equal([`${PUBLIC}:${server.port}`]);
    await server.stop();
  });

  it('goes by other lists when it is told to, over new connections where they differ', async () => {
    const server = await startFaultServer(PUBLIC);
    create();
    const reusedOf = async (): Promise<string | boolean | undefined> => {
      const reply = await ask(server.url('none'));
      return endOf(reply) === 'ok' ? reply.exchanges[0]!.reused : endOf(reply);
    };
    expect([await reusedOf(), await reusedOf()]).to.deep.equal([false, true]);
    egress.setLists({ allow: [PUBLIC], ports: [80] });
    expect(await reusedOf()).to.equal(true);
    egress.setLists({ allow: [], ports: [80, server.port] });
    expect(await reusedOf()).to.equal('egress-blocked');
    egress.setLists({ allow: [PUBLIC], ports: [80] });
    expect([await reusedOf(), await reusedOf()]).to.deep.equal([false, true]);
    await server.stop();
  });

  it('fires pixels through the same guard', async () => {
    const server = await startFaultServer(PUBLIC);
    create();
    const urls = ['status-204', 'none', 'to?http://10.0.0.1/', 'reset-before-headers'].map(server.url);
    expect(await egress.fireUrls([...urls, 'http://10.0.0.1/', 'http://127.0.0.1/', 'no url'])).to.equal(2);
    expect(server.requests).to.have.length(4);
    expect(new Set(spy.attempts)).to.deep.equal(new Set([`${PUBLIC}:${server.port}`]));
    await server.stop();
  });

  describe('for host names', () => {
    let server: FaultServer;
    beforeEach(async () => (server = await startFaultServer(PUBLIC)));
    afterEach(() => server.stop());
    const url = (host: string, path = 'none-until-close'): string => `http://${host}:${server.port}/${path}`;

    it('connects to what the guard has seen', async () => {
      create({ ports: [server.port] });
      const { outcome, exchanges } = await ask(url('ads.example.com', 'none'));
      expect(outcome.ok).to.equal(true);
      expect(exchanges[0]).to.include({ peerAddress: PUBLIC, host: `ads.example.com:${server.port}` });
      expect(exchanges[0]!.phases.dns).to.be.above(0);
      expect(spy.attempts).to.deep.equal([`${PUBLIC}:${server.port}`]);
    });

    it('follows no name that was rebound to a private address', async () => {
      const time = { now: 0 };
      create({ ports: [server.port] }, { clock: () => time.now });
      expect(endOf(await ask(url('ads.example.com')))).to.equal('ok');
      dns.play((_, type) => ({ ips: type === 'A' ? ['10.0.0.1'] : [] }));
      time.now = 61_000;
      const { outcome } = await ask(url('ads.example.com'));
      expect(!outcome.ok && outcome.failure).to.deep.equal({
        reason: 'egress-blocked',
        message: `ads.example.com:${server.port}: the egress guard refused the address (private)`,
      });
      expect(spy.attempts).to.deep.equal([`${PUBLIC}:${server.port}`]);
    });

    it('refuses all records for a bad one, of either family', async () => {
      create({ ports: [server.port] });
      dns.play((_, type) => ({ ips: type === 'A' ? [PUBLIC, '10.0.0.1'] : [] }));
      expect(endOf(await ask(url('mixed.example.com')))).to.equal('egress-blocked');
      dns.play((_, type) => ({ ips: type === 'A' ? [PUBLIC] : ['fd00::1'] }));
      expect(endOf(await ask(url('mixed6.example.com')))).to.equal('egress-blocked');
      expect(spy.attempts).to.deep.equal([]);
    });

    it('asks a name only on the ports allowed, wherever it leads', async () => {
      create();
      expect(endOf(await ask(url('ads.example.com')))).to.equal('egress-blocked');
      expect(spy.attempts).to.deep.equal([]);
    });

    it('never asks itself, by address or by name, though all is allowed', async () => {
      create({ allow: ['127.0.0.0/8', 'me.example.com', 'localhost'] }, { ownPorts: () => [server.port] });
      dns.play((_, type) => ({ ips: type === 'A' ? [PUBLIC] : [] }));
      for (const host of [PUBLIC, '127.0.0.1', 'localhost']) {
        expect(endOf(await ask(url(host))), host).to.equal('egress-blocked');
      }
      expect(spy.attempts).to.deep.equal([]);
    });

    it('finds an allowed name where the operating system knows it, on any port', async () => {
      const local = await startFaultServer('127.0.0.1');
      create({ allow: ['localhost'] });
      const { outcome, exchanges } = await ask(`http://localhost:${local.port}/none`);
      expect(outcome.ok).to.equal(true);
      expect(exchanges[0]!.peerAddress).to.equal('127.0.0.1');
      await local.stop();
    });

    it('goes on to the next address where one refuses', async () => {
      create({ ports: [server.port], allow: ['127.0.0.0/8'] });
      dns.play((_, type) => ({ ips: type === 'A' ? ['127.0.0.3', PUBLIC] : [] }));
      expect(endOf(await ask(url('ads.example.com')))).to.equal('ok');
      expect(spy.attempts).to.deep.equal([`127.0.0.3:${server.port}`, `${PUBLIC}:${server.port}`]);
    });

    it('has a name for each fault of the resolver, and lets other hosts go on', async () => {
      create({ ports: [server.port] }, { dnsWaitMs: 200 });
      dns.play((name, type) => {
        if (name.startsWith('silent')) return 'silence';
        if (name.startsWith('gone')) return 'NXDOMAIN';
        if (name.startsWith('empty')) return { ips: [] };
        return { ips: type === 'A' ? [PUBLIC] : [] };
      });
      const [silent, gone, empty, good] = await Promise.all(
        ['silent', 'gone', 'empty', 'good'].map((name) => ask(url(`${name}.example.com`))),
      );
      expect([silent, gone, empty, good].map((reply) => endOf(reply!))).to.deep.equal(['dns', 'dns', 'dns', 'ok']);
      expect(silent!.exchanges[0]).to.deep.include({ error: 'dns', peerAddress: null });
      expect(silent!.exchanges[0]!.phases).to.include({ tcp: null, ttfb: null });
    });
  });

  describe('over TLS', () => {
    const authority = createAuthority();
    let server: https.Server | Server;
    afterEach(() => new Promise((resolve) => server.close(resolve)));

    const askOver = async (
      certificate: Certificate,
      client: 'got' | 'native',
      ca = authority.cert,
    ): Promise<FetchReply> => {
      server = https.createServer(certificate, (_, response) => response.end('<VAST/>'));
      server.listen(0, PUBLIC);
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      create({ ports: [port], client }, { ca });
      const reply = await ask(`https://ads.example.com:${port}/`);
      egress.close();
      return reply;
    };

    for (const client of ['got', 'native'] as const) {
      it(`asks a server that proves its name, with ${client}`, async () => {
        const { outcome, exchanges } = await askOver(authority.issue('ads.example.com'), client);
        expect(outcome.ok && outcome.body.toString()).to.equal('<VAST/>');
        const { phases, startedAt, endedAt } = exchanges[0]!;
        const total = phases.dns! + phases.tcp! + phases.tls! + phases.ttfb! + phases.download!;
        expect(total).to.be.closeTo(endedAt - startedAt, 0.001);
      });

      const faults: Record<string, () => Promise<FetchReply>> = {
        'an expired certificate': () =>
          askOver(authority.issue('ads.example.com', new Date(Date.now() - 1000)), client),
        'a certificate for another name': () => askOver(authority.issue('other.example.com'), client),
        'a certificate that it signed itself': () => askOver(createAuthority('Nobody'), client),
        'a certificate of an unknown authority': () =>
          askOver(createAuthority('Unknown').issue('ads.example.com'), client),
      };
      for (const [fault, askIt] of Object.entries(faults)) {
        it(`refuses ${fault}, with ${client}`, async () => {
          const { outcome, exchanges } = await askIt();
          expect(!outcome.ok && outcome.failure.reason).to.equal('tls');
          expect(exchanges[0]).to.include({ error: 'tls', httpStatus: null });
        });
      }

      it(`does not wait for a handshake that hangs beyond the deadline, with ${client}`, async () => {
        const closed = new Promise<void>((resolve) => {
          server = createServer((socket) => {
            socket.resume();
            socket.on('close', () => resolve());
          });
        });
        server.listen(0, PUBLIC);
        await once(server, 'listening');
        const { port } = server.address() as AddressInfo;
        create({ ports: [port], client });
        const { outcome, exchanges } = await ask(`https://ads.example.com:${port}/`, 50);
        expect(!outcome.ok && outcome.failure.reason).to.equal('timeout');
        expect(!outcome.ok && outcome.failure.message).to.include('TLS handshake');
        expect(exchanges[0]!.phases).to.include({ ttfb: null, download: null });
        expect(exchanges[0]!.phases.tls).to.be.above(0);
        await closed;
      });
    }
  });
});
