import { expect } from 'chai';
import type { UnwrapReport } from '../../src/http/answer-schema.ts';
import { type AdServer, type Route, startAdServer } from '../support/ad-server.ts';
import { startService, type TestService } from '../support/service.ts';

// Each way in which a chain can fail, over real sockets: status, code, headers, error URLs, and what became of the
// connections to the ad servers.

const vast = (ad: string, version = '4.2'): string => `<VAST version="${version}">${ad}</VAST>`;
const inline = vast(
  '<Ad id="i"><InLine><AdSystem>S</AdSystem><AdTitle>T</AdTitle><Error>https://e.example/i?[ERRORCODE]</Error><Impression>https://t.example/i</Impression><Creatives/></InLine></Ad>',
);
const wrapper = (uri: string, id = 'w'): string =>
  vast(
    `<Ad id="${id}"><Wrapper><AdSystem>S</AdSystem><Error>https://e.example/${id}?[ERRORCODE]</Error><Impression>https://t.example/${id}</Impression><VASTAdTagURI><![CDATA[${uri}]]></VASTAdTagURI></Wrapper></Ad>`,
  );

type Expected = Partial<Pick<UnwrapReport, 'status' | 'vastError' | 'reason' | 'wrappers'>> & {
  readonly errorUrls?: readonly string[];
};
type Case = { readonly end: Route | string; readonly expected: Expected };

const TOLD_301 = ['https://e.example/w?301'];
const unreachable = (reason: UnwrapReport['reason']): Expected => ({
  status: 'unreachable',
  vastError: 301,
  reason,
  wrappers: 1,
  errorUrls: TOLD_301,
});

/** What the ad server answers to the second request of a chain, after one wrapper. */
const ENDS: Readonly<Record<string, Case>> = {
  'an empty body': { end: '', expected: { status: 'no_ad', vastError: 303, errorUrls: ['https://e.example/w?303'] } },
  'status 204': { end: { status: 204 }, expected: { status: 'no_ad', vastError: 303 } },
  'a document without an ad': {
    end: '<VAST version="4.2"><Error>https://e.example/root?[ERRORCODE]</Error></VAST>',
    expected: { status: 'no_ad', vastError: 303 },
  },
  'no XML': {
    end: '{"no":"xml"}',
    expected: { status: 'invalid', vastError: 100, errorUrls: ['https://e.example/w?100'] },
  },
  'a truncated document': { end: inline.slice(0, -20), expected: { status: 'invalid', vastError: 100 } },
  'an entity bomb': {
    end: `<!DOCTYPE VAST [<!ENTITY a "b">]>${inline}`,
    expected: { status: 'invalid', vastError: 100 },
  },
  'XML that is no VAST': { end: '<rss/>', expected: { status: 'invalid', vastError: 101 } },
  'an ad with neither InLine nor Wrapper': { end: vast('<Ad/>'), expected: { status: 'invalid', vastError: 101 } },
  'a version that is not supported': {
    end: '<VideoAdServingTemplate/>',
    expected: { status: 'invalid', vastError: 102 },
  },
  'a wrapper with a URI that cannot be parsed': {
    end: wrapper('http://'),
    expected: { status: 'invalid', vastError: 300 },
  },
  'a loop': { end: wrapper('{{base}}/end'), expected: { status: 'too_deep', vastError: 300, reason: 'loop' } },
  'a private address': {
    end: wrapper('http://10.0.0.1/'),
    expected: { status: 'blocked', vastError: 300, reason: 'egress-blocked' },
  },
  'a scheme that is not fetched': {
    end: wrapper('file:///etc/passwd'),
    expected: { status: 'blocked', vastError: 300 },
  },
  'a redirect to a private address': {
    end: { redirect: 'http://169.254.169.254/' },
    expected: { status: 'blocked', vastError: 300 },
  },
  'status 404': { end: { status: 404 }, expected: unreachable('http-status') },
  'status 500': { end: { status: 500, body: inline }, expected: unreachable('http-status') },
  'a redirect to itself': { end: { redirect: '{{base}}/end' }, expected: unreachable('redirects') },
  'a body that is too large': { end: { body: `${inline}${' '.repeat(600_000)}` }, expected: unreachable('too-large') },
  'a coding that was not asked for': {
    end: { headers: { 'content-encoding': 'br' }, body: inline },
    expected: unreachable('content-coding'),
  },
  'a reset before the headers': { end: { reset: 'before-headers' }, expected: unreachable('reset') },
  'a reset within the body': { end: { reset: 'mid-body', body: inline }, expected: unreachable('reset') },
  'a host that does not exist': {
    end: wrapper('http://nowhere.invalid/'),
    expected: { status: 'unreachable', vastError: 301, reason: 'dns' },
  },
};

const HANGS: Readonly<Record<string, Route>> = {
  'before the headers': { hang: 'before-headers' },
  'after the headers': { hang: 'after-headers', body: inline },
  'within the body': { hang: 'mid-body', body: inline },
  'never, but drips a byte every 20 ms': { drip: { bytes: 1, everyMs: 20 }, body: inline },
};

for (const EGRESS_CLIENT of ['got', 'native']) {
  describe(`an unwrap that fails, asked for by ${EGRESS_CLIENT}`, () => {
    let ads: AdServer;
    let service: TestService;
    beforeEach(async () => {
      ads = await startAdServer({ '/start': wrapper('{{base}}/end') });
      service = await startService({ EGRESS_CLIENT });
    });
    afterEach(async () => {
      await service.close();
      await ads[Symbol.asyncDispose]();
    });

    const start = (): string => `${ads.base}/start`;
    async function unwrap(body: object): Promise<UnwrapReport> {
      const reply = await service.unwrap(body);
      expect(reply.status).to.equal(200);
      const report = JSON.parse(reply.text) as UnwrapReport;
      expect(reply.headers['vast-status']).to.equal(report.status);
      expect(reply.headers['vast-error']).to.equal(report.vastError === null ? undefined : String(report.vastError));
      expect(reply.headers['vast-wrappers']).to.equal(String(report.wrappers));
      expect((await service.send('/ping')).reused).to.equal(true);
      return report;
    }

    for (const [what, { end, expected }] of Object.entries(ENDS)) {
      it(`on ${what}`, async () => {
        ads.route('/end', end);
        const report = await unwrap({ url: start(), tmax: 1000 });
        const { errorUrls, ...rest } = expected;
        expect(report).to.include({ ...rest, adm: null });
        if (errorUrls !== undefined) expect(report.errorUrls).to.deep.equal(errorUrls);
        const xml = await service.send(`/v1/unwrap?tmax=1000&url=${encodeURIComponent(start())}`);
        expect(xml).to.include({ status: 204, text: '' });
        expect(xml.headers['vast-status']).to.equal(report.status);
      });
    }

    it('on a connection that is refused', async () => {
      const gone = await startAdServer();
      await gone[Symbol.asyncDispose]();
      ads.route('/end', wrapper(gone.base));
      const report = await unwrap({ url: start(), tmax: 1000 });
      expect(report).to.include({ status: 'unreachable', vastError: 301, reason: 'connect', wrappers: 2 });
    });

    it('on more wrappers than allowed, and asks nobody beyond', async () => {
      for (let hop = 0; hop < 7; hop += 1) ads.route(`/${hop}`, wrapper(`{{base}}/${hop + 1}`, `w${hop}`));
      const report = await unwrap({ url: `${ads.base}/0`, tmax: 1000 });
      expect(report).to.include({ status: 'too_deep', vastError: 302, reason: 'too-deep' });
      expect(ads.paths()).to.deep.equal(['/0', '/1', '/2', '/3', '/4', '/5']);
      expect(report.errorUrls).to.have.length(6);
    });

    for (const [what, route] of Object.entries(HANGS)) {
      describe(`on a server that hangs: ${what}`, () => {
        beforeEach(() => ads.route('/end', route));

        it('answers at the deadline, and closes the connection to it', async () => {
          const report = await unwrap({ url: start(), tmax: 150 });
          expect(report).to.include({ status: 'timeout', vastError: 301, reason: 'timeout', wrappers: 1 });
          expect(report.errorUrls).to.deep.equal(TOLD_301);
          expect(await (await ads.requested('/end')).ended).to.not.equal('complete');
        });

        it('collapses into a shorter wrapper where the caller wants it', async () => {
          const report = await unwrap({ url: start(), tmax: 150, options: { onTimeout: 'collapse' } });
          expect(report).to.include({ status: 'collapsed', vastError: null, reason: 'timeout', wrappers: 1 });
          expect(report.errorUrls).to.deep.equal([]);
          expect(report.adm).to.contain('https://t.example/w').and.contain(`${ads.base}/end`).and.contain('<Wrapper>');
        });

        it('closes the connection to it when the caller hangs up', async () => {
          const socket = await service.connect();
          const url = encodeURIComponent(start());
          socket.write(`GET /v1/unwrap?tmax=1000&url=${url} HTTP/1.1\r\nHost: a\r\n\r\n`);
          const request = await ads.requested('/end');
          socket.destroy();
          expect(await request.ended).to.not.equal('complete');
        });
      });
    }
  });
}
