import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import type { UnwrapReport } from '../../src/http/answer-schema.ts';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { startService, type TestService } from '../support/service.ts';

// Tags as ad servers send them, through the whole service: what no specification foresees and a player still shows.

const SAMPLES = resolve(import.meta.dirname, '../../samples/tags');
const film = readFileSync(join(SAMPLES, 'film.xml'));

describe('tags as they are sent', () => {
  let ads: AdServer;
  let service: TestService;
  before(async () => {
    ads = await startAdServer();
    service = await startService({ CACHE_DEFAULT_TTL_MS: '0' });
  });
  after(async () => {
    await service.close();
    await ads[Symbol.asyncDispose]();
  });

  async function unwrap(request: object): Promise<UnwrapReport> {
    return JSON.parse((await service.unwrap({ tmax: 1000, ...request })).text) as UnwrapReport;
  }
  async function served(body: Buffer, headers: Readonly<Record<string, string>> = {}): Promise<UnwrapReport> {
    ads.route('/tag', { body, headers });
    return unwrap({ url: `${ads.base}/tag` });
  }
  const told = ({ findings }: UnwrapReport, rule: string) => findings.find((finding) => finding.rule === rule);
  const errors = ({ findings }: UnwrapReport) => findings.filter(({ severity }) => severity === 'error');

  describe('a page in place of a document', () => {
    for (const status of [200, 502, 400, 500, 403, 503, 404, 429, 401, 504, 410]) {
      it(`is named with its title and its status: ${status}`, async () => {
        const body = `<html>\r\n<head><title>${status} Sorry</title></head><body>…</body></html>`;
        ads.route(`/page-${status}`, { status, body, headers: { 'content-type': 'text/html; charset=utf-8' } });
        const report = await unwrap({ url: `${ads.base}/page-${status}` });
        expect(report.status).to.equal(status === 200 ? 'invalid' : 'unreachable');
        const page = errors(report).find(({ message }) => message.includes('HTML page'));
        expect(page!.message).to.contain(`"${status} Sorry"`);
        if (status !== 200) expect(page!.message).to.contain(`status ${status}`);
        expect(JSON.stringify(report.findings)).not.to.match(/DOCTYPE/i);
      });
    }
  });

  describe('with a Content-Encoding that is none', () => {
    const WORDS = [
      'UTF-8',
      'utf8',
      'none',
      'NONE',
      'null',
      'binary',
      'text',
      'windows-1251',
      'text/xml',
      '8bit',
      'UTF-8, none',
    ];
    for (const word of WORDS) {
      it(`${word}: the body is as it is`, async () => {
        const report = await served(film, { 'content-encoding': word });
        expect(report).to.include({ status: 'resolved' });
        expect(told(report, 'document/content-coding')).to.include({ severity: 'warning' });
        expect(errors(report)).to.deep.equal([]);
      });
    }
    it('beside gzip: gzip is undone', async () => {
      expect(await served(gzipSync(film), { 'content-encoding': 'utf-8, gzip' })).to.include({ status: 'resolved' });
    });
    it('nothing at all: nothing to say', async () => {
      const report = await served(film, { 'content-encoding': '' });
      expect(report).to.include({ status: 'resolved' });
      expect(told(report, 'document/content-coding')).to.equal(undefined);
    });
  });

  const text = film.toString();
  describe('in a charset', () => {
    const declared = (charset: string): string => text.replace('encoding="UTF-8"', `encoding="${charset}"`);
    const CASES: readonly (readonly [title: string, body: Buffer, type: string, letter: string, rule: string])[] = [
      [
        'windows-1251',
        Buffer.from(declared('windows-1251').replace('é', '\xef'), 'latin1'),
        'text/xml',
        'п',
        'document/encoding',
      ],
      [
        'KOI8-R in the header',
        Buffer.from(text.replace('é', '\xf0'), 'latin1'),
        'text/xml; charset=koi8-r',
        'П',
        'document/charset',
      ],
      [
        'shift_jis',
        Buffer.from(declared(' Shift_JIS').replace('é', '\x8e\x9e'), 'latin1'),
        'text/xml',
        '時',
        'document/encoding',
      ],
      ['utf-16 that is UTF-8', Buffer.from(declared('utf-16')), 'text/xml', 'é', 'document/charset'],
      ['utf-16 that is UTF-8, by header', film, 'text/xml; charset=UTF-16', 'é', 'document/charset'],
      [
        'utf-16 with a mark',
        Buffer.from(`\ufeff${declared('utf-16')}`, 'utf16le'),
        'text/xml',
        'é',
        'document/encoding',
      ],
      ['one that nobody knows', Buffer.from(declared('utf8mb4')), 'text/xml', 'é', 'document/charset'],
      ['one that nobody knows, by header', film, 'text/xml; charset=utf8mb4', 'é', 'document/charset'],
      ['an empty one', Buffer.from(declared('')), 'text/xml', 'é', 'document/charset'],
      [
        'UTF-8 with one wrong byte',
        Buffer.from(text.replace('é', '\xe9'), 'latin1'),
        'text/xml',
        '\ufffd',
        'document/replaced-bytes',
      ],
      [
        'UTF-8 that is cut',
        Buffer.from(text.replace('é', '\xc3'), 'latin1'),
        'text/xml',
        '\ufffd',
        'document/replaced-bytes',
      ],
    ];
    for (const [title, body, type, letter, rule] of CASES) {
      it(`${title}: read, fetched or posted, with a finding`, async () => {
        const fetched = await served(body, { 'content-type': type });
        const sent = { headers: { 'Content-Type': type, Accept: 'application/json' }, body };
        const posted = JSON.parse((await service.send('/v1/unwrap?tmax=1000', sent)).text) as UnwrapReport;
        for (const report of [fetched, posted]) {
          expect(report.status).to.equal('resolved');
          expect(report.ads[0]!.adTitle).to.equal(`Caf${letter}`);
          expect(report.adm).to.match(/^\ufeff?<\?xml version="1.0" encoding="UTF-8"\?>/);
          expect(told(report, rule), rule).to.include({ severity: 'warning' });
          expect(errors(report)).to.deep.equal([]);
        }
        const validated = JSON.parse((await service.send('/v1/validate', sent)).text) as UnwrapReport;
        expect(told(validated, rule), rule).to.include({ severity: 'warning' });
        const hooked = await service.send('/unwrap', {
          headers: { 'Content-Type': type, 'unwrap-timeout': '1000' },
          body,
        });
        expect(hooked.headers['unwrap-status']).to.equal('0');
        expect(hooked.text).to.include(`Caf${letter}`);
      });
    }
    it('half a letter in an adm is U+FFFD', async () => {
      const report = await unwrap({ adm: text.replace('é', '\ud83d') });
      expect(report).to.include({ status: 'resolved' });
      expect(told(report, 'document/replaced-bytes')).to.include({ severity: 'warning' });
    });
  });

  describe('with a cache buster of another system', () => {
    for (const buster of [
      '[timestamp]',
      '[random]',
      '[CB]',
      '%%CACHEBUSTER%%',
      '${CACHEBUSTER}',
      '{{cachebuster}}',
      '__RANDOM__',
      '%5Btimestamp%5D',
    ]) {
      it(`${buster}: every caller is given a reply of its own, and is told`, async () => {
        const kept = await startService();
        const asked = ads.requests.length;
        ads.route('/each', { body: film, headers: { 'cache-control': 'public, max-age=60' } });
        const body = JSON.stringify({ url: `${ads.base}/each?ord=${buster}`, tmax: 1000 });
        const send = () => kept.send('/v1/unwrap', { headers: { 'Content-Type': 'application/json' }, body });
        const [first] = [await send(), await send()];
        await kept.close();
        expect(ads.requests.length - asked).to.equal(2);
        const { findings } = JSON.parse(first.text) as UnwrapReport;
        expect(findings.find(({ rule }) => rule === 'chain/unfilled-macro')!.message).to.contain(buster);
      });
    }
    it('is filled by what the caller gives', async () => {
      ads.route('/filled', { body: film });
      await unwrap({ url: `${ads.base}/filled?a=%%CB%%&b=[random]`, macros: { cb: 7, RANDOM: 8 } });
      expect(ads.paths()).to.include('/filled?a=7&b=8');
    });
  });

  describe('with tmax in its key-values', () => {
    it('has so much time, where the caller names none', async () => {
      ads.route('/slow', { hang: 'before-headers' });
      const reply = await service.unwrap({ url: `${ads.base}/slow?tmax=30` });
      expect((JSON.parse(reply.text) as UnwrapReport).deadline.tmax).to.equal(30);
    });
  });

  describe('with the names of VAST 1', () => {
    const URLS = ['<VASTAdTagURL>{}</VASTAdTagURL>', '<VASTAdTagURL><URL>{}</URL></VASTAdTagURL>', '<VASTAdTagURI><URL><![CDATA[{}]]></URL></VASTAdTagURI>']; // prettier-ignore
    for (const url of URLS) {
      it(`${url} is followed, and told`, async () => {
        const old = text.replace('<Impression><![CDATA[https://ads.example/impression]]></Impression>', '<Impression><URL>https://ads.example/impression</URL></Impression>'); // prettier-ignore
        ads.route('/old', { body: old });
        const tag = url.replace('{}', `${ads.base}/old`);
        const adm = `<VAST version="2.0"><Ad><Wrapper><AdSystem>W</AdSystem>${tag}<Error><URL>https://w.example/e</URL></Error><Impression><URL>https://w.example/i</URL></Impression></Wrapper></Ad></VAST>`; // prettier-ignore
        const answer = await service.send('/v1/unwrap?include=trackers', { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ adm, tmax: 1000 }) }); // prettier-ignore
        const report = JSON.parse(answer.text) as UnwrapReport;
        expect(report).to.include({ status: 'resolved', wrappers: 1 });
        expect(told(report, 'deprecated/vast-1-names')).to.include({ severity: 'warning' });
        const impressions = report.trackers!.filter(({ event }) => event === 'impression').map((each) => each.url);
        expect(impressions).to.deep.equal(['https://ads.example/impression', 'https://w.example/i']);
        expect(report.adm).to.contain('<Impression><URL>https://w.example/i</URL></Impression>');
      });
    }
  });

  describe('before 4.0, with errors3', () => {
    const wrapped = (error: string): string => `<VAST version="3.0"><Ad><Wrapper><AdSystem>W</AdSystem><Error><![CDATA[${error}]]></Error><VASTAdTagURI><![CDATA[${ads.base}/inline]]></VASTAdTagURI><Impression>https://w.example/i</Impression></Wrapper></Ad></VAST>`; // prettier-ignore
    const inline = (version: string): string =>
      text
        .replace('version="3.0"', `version="${version}"`)
        .replace('</AdTitle>', '</AdTitle><Error>https://ads.example/e</Error>');
    const run = async (version: string, options: object): Promise<UnwrapReport> => {
      ads.route('/inline', { body: inline(version) });
      return unwrap({ adm: wrapped('https://w.example/e?[ERRORCODE]'), options });
    };
    it('first: the Errors of wrappers are given beside the document, macros unfilled', async () => {
      for (const version of ['2.0', '3.0']) {
        const report = await run(version, { errors3: 'first' });
        expect(report.adm!.match(/<Error>/g)).to.have.length(1);
        expect(report.errorUrls).to.deep.equal(['https://w.example/e?[ERRORCODE]']);
      }
    });
    it('all, the default, and every later version: they are written', async () => {
      for (const [version, options] of [
        ['3.0', { errors3: 'all' }],
        ['3.0', {}],
        ['4.0', { errors3: 'first' }],
      ] as const) {
        const report = await run(version, options);
        expect(report.adm).to.contain('https://w.example/e?[ERRORCODE]');
        expect(report.errorUrls).to.deep.equal([]);
      }
    });
    it('first: none of them is fired', async () => {
      ads.route('/inline', { body: inline('3.0') });
      ads.route('/fired', { status: 204 });
      await unwrap({ adm: wrapped(`${ads.base}/fired`), options: { errors3: 'first', fireErrors: true } });
      await unwrap({ adm: 'x', options: { fireErrors: true } });
      expect(ads.paths()).not.to.include('/fired');
    });
  });
});
