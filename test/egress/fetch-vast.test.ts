import { expect } from 'chai';
import type { FailureReason } from '../../src/chain/failure.ts';
import { Deadline } from '../../src/deadline.ts';
import { createEgress, type Egress } from '../../src/egress/egress.ts';
import type { FetchReply } from '../../src/unwrap/ports.ts';
import { spyOnConnects } from '../support/connect-spy.ts';
import { DOCUMENT, FAULTS, startFaultServer, type FaultServer } from '../support/fault-server.ts';
import { until } from '../support/until.ts';

/** Time for what must fail by itself, and for what can only end at the deadline. */
const AMPLE_MS = 2000;
const SHORT_MS = 40;

/** What each fault must end with. `timeout` ones are given a short deadline, all others ample time. */
const EXPECTED: Record<string, FailureReason | 'ok'> = {
  none: 'ok',
  'none-chunked': 'ok',
  'none-until-close': 'ok',
  cookie: 'ok',
  silence: 'timeout',
  'silence-in-headers': 'timeout',
  'silence-after-headers': 'timeout',
  'silence-in-body': 'timeout',
  'headers-dripped': 'timeout',
  'body-dripped': 'timeout',
  'endless-103': 'http-protocol',
  'some-103': 'ok',
  'six-103': 'http-protocol',
  'upgrade-101': 'http-status',
  'header-of-7k': 'ok',
  'header-of-9k': 'too-large',
  'header-of-20k': 'too-large',
  'headers-without-end': 'too-large',
  'length-and-chunked': 'http-protocol',
  'length-twice': 'http-protocol',
  'length-negative': 'http-protocol',
  'length-no-number': 'http-protocol',
  'length-overflow': 'http-protocol',
  'length-huge': 'too-large',
  'length-short': 'http-protocol',
  'length-long': 'reset',
  'bare-lf': 'http-protocol',
  'folded-header': 'http-protocol',
  'nul-header': 'http-protocol',
  'chunk-extensions': 'http-protocol',
  'chunk-truncated': 'reset',
  'chunk-size-broken': 'http-protocol',
  'http-0.9': 'http-protocol',
  garbage: 'http-protocol',
  'other-protocol': 'http-protocol',
  'closed-at-once': 'reset',
  'reset-before-headers': 'reset',
  'reset-in-headers': 'reset',
  'reset-after-headers': 'reset',
  'reset-in-body': 'reset',
  'reset-when-reused': 'ok',
  'reset-in-headers-when-reused': 'ok',
  'endless-body': 'too-large',
  'endless-body-until-close': 'too-large',
  gzip: 'ok',
  'gzip-bomb': 'too-large',
  'gzip-truncated': 'content-coding',
  'gzip-twice': 'content-coding',
  'gzip-that-is-none': 'content-coding',
  brotli: 'content-coding',
  'brotli-bomb': 'content-coding',
  'unknown-coding': 'ok',
  'redirect-loop': 'redirects',
  'redirect-endless-body': 'ok',
  'redirect-silent-body': 'ok',
  'redirect-with-body': 'ok',
  'redirect-nowhere': 'http-status',
  'redirect-to-nonsense': 'http-protocol',
  'redirect-relative': 'ok',
  'status-000': 'http-status',
  'status-204': 'ok',
  'status-304': 'ok',
  'status-404': 'http-status',
  'status-500-endless-body': 'http-status',
  'page-502': 'http-status',
  'page-502-silent': 'http-status',
  'page-502-cut-off': 'http-status',
  'page-502-endless': 'http-status',
  'status-999': 'http-status',
  'status-1000': 'http-protocol',
};

/** Failures that were found out after the reply had come as a whole: the connection is as good as before. */
const KEPT = [
  'gzip-bomb',
  'gzip-truncated',
  'gzip-twice',
  'gzip-that-is-none',
  'brotli',
  'brotli-bomb',
  'redirect-loop',
  'redirect-nowhere',
  'redirect-to-nonsense',
  'status-000',
  'status-404',
  'page-502',
  'status-999',
];

for (const client of ['got', 'native'] as const) {
  describe(`fetchVast with ${client}`, () => {
    let server: FaultServer;
    let egress: Egress;

    beforeEach(async () => {
      server = await startFaultServer();
      egress = createEgress({
        allow: ['127.0.0.1'],
        ports: [80, 443],
        client,
        maxDocumentBytes: 524_288,
        userAgent: 'vast-unwrap-test',
      });
    });
    afterEach(async () => {
      egress.close();
      await server.stop();
    });

    const ask = async (url: string, ms = AMPLE_MS, headers: Record<string, string> = {}): Promise<FetchReply> => {
      const deadline = Deadline.after(ms);
      try {
        return await egress.fetchVast(
          { url, target: URL.parse(url), uri: url, headers, personal: { url: false, headers: false } },
          deadline,
        );
      } finally {
        deadline.cancel('answered');
      }
    };
    const endOf = ({ outcome }: FetchReply): string => (outcome.ok ? 'ok' : outcome.failure.reason);

    it('has an expectation for every fault', () => {
      expect(Object.keys(EXPECTED)).to.have.members(Object.keys(FAULTS));
    });

    for (const [fault, expected] of Object.entries(EXPECTED)) {
      it(`${fault} is ${expected}`, async () => {
        const reply = await ask(server.url(fault), expected === 'timeout' ? SHORT_MS : AMPLE_MS);
        expect(endOf(reply)).to.equal(expected);
        const last = reply.exchanges.at(-1)!;
        expect(last.error).to.equal(expected === 'ok' ? null : expected);
        expect(egress.inFlight()).to.equal(0);
        if (reply.outcome.ok) return;
        expect(reply.outcome.failure.message).to.include(last.host).and.not.to.include('/');
        if (!KEPT.includes(fault)) await server.allClosed();
      });
    }

    it('gives the document, decoded, and where it was found', async () => {
      const { outcome, exchanges } = await ask(server.url('to?/gzip'));
      expect(outcome.ok && outcome.body.toString()).to.equal(DOCUMENT);
      expect(outcome).to.include({ url: server.url('gzip'), httpStatus: 200 });
      expect(outcome.ok && outcome.headers['content-encoding']).to.equal('gzip');
      expect(exchanges.map(({ url, httpStatus }) => [url, httpStatus])).to.deep.equal([
        [server.url('to?/gzip'), 302],
        [server.url('gzip'), 200],
      ]);
    });

    it('does not wait for the body of a redirect, and closes its connection', async () => {
      for (const fault of ['redirect-endless-body', 'redirect-silent-body', 'status-500-endless-body']) {
        const opened = server.opened();
        await ask(server.url(fault));
        await until(() => server.open() <= 1);
        expect(server.opened() - opened, fault).to.be.at.most(2);
      }
      const opened = server.opened();
      await ask(server.url('redirect-with-body'));
      expect(server.opened(), 'the connection of a short redirect is used again').to.be.at.most(opened + 1);
    });

    it('reads the title of a page about an error where it comes with its headers, and waits for none', async () => {
      for (const [fault, ending] of [
        ['page-502', ' and an HTML page, "502 Bad Gateway"'],
        ['page-502-cut-off', ' and an HTML page, "502 Bad Gateway"'],
        ['page-502-endless', ' and an HTML page, "502 Bad Gateway"'],
        ['page-502-silent', ''],
        ['status-404', ''],
      ] as const) {
        const { outcome } = await ask(server.url(fault));
        const status = fault.slice(fault.indexOf('-') + 1).slice(0, 3);
        expect(outcome).to.have.nested.property('failure.reason', 'http-status');
        expect(!outcome.ok && outcome.failure.message, fault).to.match(new RegExp(`status ${status}${ending}$`));
        expect(!outcome.ok && outcome.text?.startsWith('<html>')).to.equal(ending === '' ? undefined : true);
      }
    });

    it('sends what it must, and nothing that tells of our callers', async () => {
      const value = 'a\r\nX-Evil=1\u{1F600}\0é';
      await ask(server.url('none'), AMPLE_MS, { 'x-device-user-agent': value, 'user-agent': 'spoofed' });
      const [, ...lines] = server.requests[0]!.trim().split('\r\n');
      const headers = new Map(lines.map((line) => line.split(': ') as [string, string]));
      expect(Object.fromEntries([...headers].map(([name, each]) => [name.toLowerCase(), each]))).to.deep.equal({
        'x-device-user-agent': 'a??X-Evil=1??é',
        'user-agent': 'vast-unwrap-test',
        accept: 'application/xml, text/xml, */*;q=0.1',
        'accept-encoding': 'gzip',
        host: `127.0.0.1:${server.port}`,
        connection: 'keep-alive',
      });
    });

    it('ignores proxies of the environment', async () => {
      const proxies = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY'];
      for (const name of proxies) process.env[name] = 'http://127.0.0.1:1';
      try {
        expect(endOf(await ask(server.url('none')))).to.equal('ok');
      } finally {
        for (const name of proxies) delete process.env[name];
      }
    });

    it('sends nothing when the deadline has passed already', async () => {
      const deadline = Deadline.after(1000);
      deadline.cancel('timeout');
      const url = server.url('none');
      const request = { url, target: URL.parse(url), uri: url, headers: {}, personal: { url: false, headers: false } };
      const reply = await egress.fetchVast(request, deadline);
      expect(endOf(reply)).to.equal('timeout');
      expect(reply.exchanges).to.deep.equal([]);
      expect(server.opened()).to.equal(0);
    });

    it('ends the request of a caller who has gone', async () => {
      const deadline = Deadline.after(60_000);
      const url = server.url('silence');
      const request = { url, target: URL.parse(url), uri: url, headers: {}, personal: { url: false, headers: false } };
      const reply = egress.fetchVast(request, deadline);
      await until(() => server.requests.length > 0);
      deadline.cancel('the caller hung up');
      expect(endOf(await reply)).to.equal('cancelled');
      await server.allClosed();
    });

    it('goes to no refused address, first or by a redirect', async () => {
      const spy = spyOnConnects();
      try {
        const refused = [
          'http://127.0.0.2/',
          'http://10.0.0.1/',
          'http://localhost/',
          'http://[::1]:80/',
          'http://a@b.c/',
        ];
        for (const url of [...refused, 'file:///etc/passwd', 'data:text/xml,<VAST/>', 'http://8.8.8.8:22/']) {
          const first = await ask(url);
          expect(endOf(first), url).to.equal('egress-blocked');
          expect(first.exchanges).to.deep.equal([]);
          const second = await ask(server.url(`to?${url}`));
          expect(endOf(second), `redirect to ${url}`).to.equal('egress-blocked');
          expect(second.exchanges).to.have.length(1);
        }
        expect(endOf(await ask('no url'))).to.equal('uri-invalid');
        expect(new Set(spy.attempts)).to.deep.equal(new Set([`127.0.0.1:${server.port}`]));
      } finally {
        spy.stop();
      }
    });
  });
}
