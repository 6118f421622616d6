import { expect } from 'chai';
import { Deadline } from '../../src/deadline.ts';
import { createEgress, type Egress } from '../../src/egress/egress.ts';
import type { EgressRule } from '../../src/egress/egress-rules.ts';
import type { FetchReply, TagRequest } from '../../src/unwrap/ports.ts';
import { createAuthority } from '../support/certificates.ts';
import { startDnsServer, type DnsServer } from '../support/dns-server.ts';
import { startTlsAdServer, type TlsAdServer } from '../support/tls-ad-server.ts';
import { until } from '../support/until.ts';
import { egressRule } from '../support/egress-rule.ts';

const OTHER = createAuthority('Another CA').cert;

/** Stands for the public internet. */
const PUBLIC = '127.0.0.2';

for (const client of ['native', 'got'] as const) {
  describe(`hosts with rules, by ${client}`, () => {
    let dns: DnsServer;
    let server: TlsAdServer;
    let egress: Egress;
    const time = { ahead: 0 };
    before(async () => {
      dns = await startDnsServer((_, type) => ({ ips: type === 'A' ? [PUBLIC] : [] }));
    });
    after(() => dns.stop());
    afterEach(async () => {
      egress.close();
      await server[Symbol.asyncDispose]();
    });

    /** `*.example.com` is one server, that asks for certificates. */
    const start = async (
      rulesOf: (server: TlsAdServer) => readonly EgressRule[],
      { demands = false, hang = false } = {},
    ): Promise<void> => {
      const answers = {
        '/v': hang ? ({ hang: true } as const) : '<VAST/>',
        '/to-b': { redirect: '' },
      };
      server = await startTlsAdServer('*.example.com', PUBLIC, answers, demands);
      answers['/to-b'].redirect = `https://b.example.com:${server.port}/v`;
      const { ca } = server;
      egress = createEgress(
        {
          allow: [PUBLIC],
          ports: [server.port],
          client,
          maxDocumentBytes: 1000,
          userAgent: 'test',
          rules: rulesOf(server),
        },
        { nameServers: [dns.address], dnsWaitMs: 5000, ca, clock: () => performance.now() + time.ahead },
      );
    };
    const url = (host: string, path = '/v'): string => `https://${host}.example.com:${server.port}${path}`;
    const ask = async (host: string, over: Partial<TagRequest> = {}, path = '/v'): Promise<FetchReply> => {
      const deadline = Deadline.after(30_000);
      const target = url(host, path);
      const personal = { url: false, headers: false };
      const request = { url: target, target: URL.parse(target), uri: target, headers: {}, personal, ...over };
      const reply = await egress.fetchVast(request, deadline);
      deadline.cancel();
      return reply;
    };
    const endOf = ({ outcome }: FetchReply): string => (outcome.ok ? 'ok' : outcome.failure.reason);
    const shown = (): readonly (string | null)[] => server.requests.map((request) => request.shown);

    it('shows each host the certificate of its rule, on connections of its own', async () => {
      await start(({ clients }) => [
        egressRule('a.example.com', { tls: clients.issue('for-a') }),
        egressRule('b.example.com', { tls: clients.issue('for-b') }),
      ]);
      const replies = [];
      for (const host of ['a', 'b', 'c', 'a', 'b', 'c']) replies.push(await ask(host));
      expect(shown()).to.deep.equal(['for-a', 'for-b', null, 'for-a', 'for-b', null]);
      expect(server.requests.map(({ connection }) => connection)).to.deep.equal([0, 1, 2, 0, 1, 2]);
      expect(replies.map(({ exchanges }) => exchanges[0]!.certificate ?? false).slice(0, 3)).to.deep.equal([
        true,
        true,
        false,
      ]);
    });

    it('is let in by a host that demands one, and by no other', async () => {
      await start(({ clients }) => [egressRule('a.example.com', { tls: clients.issue('for-a') })], { demands: true });
      expect(endOf(await ask('a'))).to.equal('ok');
      const turnedAway = await ask('c');
      expect(['tls', 'reset']).to.include(endOf(turnedAway));
      expect(shown()).to.deep.equal(['for-a']);
    });

    it('trusts a private authority for the hosts of its rule alone', async () => {
      await start(({ ca }) => [
        egressRule('a.example.com', { tls: { ca } }),
        egressRule('b.example.com', { tls: { ca: OTHER } }),
      ]);
      expect(endOf(await ask('a'))).to.equal('ok');
      expect(endOf(await ask('b'))).to.equal('tls');
    });

    it('takes nothing of a rule along where a host leads to another', async () => {
      await start(({ clients }) => [
        egressRule('a.example.com', {
          tls: clients.issue('for-a'),
          headers: { authorization: 'Bearer a', 'x-seat': 'a' },
        }),
        egressRule('b.example.com', { disclosure: { ip: 'none', ua: 'full', ifa: true }, headers: { 'x-seat': 'b' } }),
      ]);
      const headers = { 'X-Device-IP': '203.0.113.7' };
      expect(endOf(await ask('a', { headers }, '/to-b'))).to.equal('ok');
      const [first, second] = server.requests;
      expect(first).to.include({ shown: 'for-a' });
      expect(first!.headers).to.include({ authorization: 'Bearer a', 'x-seat': 'a', 'x-device-ip': '203.0.113.7' });
      expect(second).to.include({ shown: null });
      expect(second!.headers).to.include({ 'x-seat': 'b' });
      expect(second!.headers).not.to.have.any.keys('authorization', 'x-device-ip');
    });

    it('does not ask a host without consent, a redirect neither, and that is nobody’s fault', async () => {
      await start(() => [egressRule('b.example.com', { askWithoutConsent: false })]);
      const direct = await ask('b', { withoutConsent: true });
      expect(direct.outcome).to.deep.include({ ok: false });
      expect([endOf(direct), direct.exchanges.length]).to.deep.equal(['not-asked', 0]);
      expect(endOf(await ask('a', { withoutConsent: true }, '/to-b'))).to.equal('not-asked');
      expect(server.requests.map(({ path }) => path)).to.deep.equal(['/to-b']);
      expect(endOf(await ask('b', { withoutConsent: false }))).to.equal('ok');
    });

    it('asks no more often than a rule lets it, all its hosts together, and says that it is our limit', async () => {
      await start(() => [egressRule('*.example.com', { perSecond: 2 })]);
      const ends = [];
      for (const host of ['a', 'b', 'c']) ends.push(await ask(host));
      expect(ends.map(endOf)).to.deep.equal(['ok', 'ok', 'busy']);
      const { outcome } = ends[2]!;
      expect(!outcome.ok && outcome.failure.message).to.match(
        /^c\.example\.com:\d+: .*EGRESS_RULES.* 2 requests a second/,
      );
      time.ahead += 1000;
      expect(endOf(await ask('c'))).to.equal('ok');
    });

    it('asks no more at once than a rule lets it', async () => {
      await start(() => [egressRule('*.example.com', { maxInFlight: 1 })], { hang: true });
      const deadline = Deadline.after(30_000);
      const target = url('a');
      const hanging = egress.fetchVast(
        { url: target, target: URL.parse(target), uri: target, headers: {}, personal: { url: false, headers: false } },
        deadline,
      );
      expect(endOf(await ask('b'))).to.equal('busy');
      deadline.cancel();
      expect(endOf(await hanging)).to.equal('cancelled');
      expect(egress.inFlight()).to.equal(0);
    });

    it('keeps connections warm by the rule, too', async () => {
      await start(({ clients }) => [egressRule('a.example.com', { tls: clients.issue('for-a') })]);
      egress.keepWarm(new URL(url('a')).origin);
      // the server has it once the client has it
      await until(() => server.open() > 0);
      await ask('a');
      expect(server.requests.map(({ shown: name, connection }) => [name, connection])).to.deep.equal([['for-a', 0]]);
    });

    it('goes by other rules from one request to the next, on new connections where the certificate is another', async () => {
      await start(({ clients }) => [
        egressRule('a.example.com', { tls: clients.issue('old') }),
        egressRule('b.example.com', { tls: clients.issue('stays') }),
      ]);
      const [, stays] = [await ask('a'), await ask('b')];
      expect(endOf(stays)).to.equal('ok');
      expect(egress.idleSockets()).to.equal(2);
      egress.setRules([egressRule('a.example.com', { tls: server.clients.issue('new') })]);
      await ask('a');
      await ask('b');
      expect(shown()).to.deep.equal(['old', 'stays', 'new', null]);
      await until(() => server.open() <= 2);
    });

    it('shows the certificate for error pixels and files as well', async () => {
      await start(({ clients }) => [
        egressRule('a.example.com', { tls: clients.issue('for-a'), headers: { 'x-seat': 'a' } }),
      ]);
      const deadline = Deadline.after(30_000);
      expect(await egress.fireUrls([url('a', '/pixel')])).to.equal(1);
      await egress.fetchBytes(url('a', '/file'), { first: 0, last: 9 }, deadline);
      deadline.cancel();
      expect(shown()).to.deep.equal(['for-a', 'for-a']);
      expect(server.requests.map(({ headers }) => headers['x-seat'])).to.deep.equal(['a', 'a']);
    });
  });
}
