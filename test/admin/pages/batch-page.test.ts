import { expect } from 'chai';
import { batchRow, refusedRow } from '../../../src/batch/batch-row.ts';
import { batchPage, type ShownBatch, shownRow, shownTag } from '../../../src/admin/pages/batch-page.ts';
import { debugRun } from '../../support/debug-run.ts';

const good = { ...batchRow({ line: 1, tag: 'https://a.example/v?token=CANARY' }, debugRun()), run: 'run-1' };
const bad = { ...refusedRow({ line: 2, tag: '<script>x' }, 'It is <b>no</b> tag.'), run: null };
const batch = (changes: Partial<ShownBatch> = {}): ShownBatch => ({
  ...{
    id: 'b',
    at: '2026-11-21T08:30:00.000Z',
    size: 3,
    beyond: 0,
    state: 'running',
    kind: 'list',
    rows: [good, bad],
    runs: [],
  },
  ...changes,
});

describe('batchPage', () => {
  it('has a row for each tag that is done, the worst first, with its result', () => {
    const text = batchPage(batch());
    expect(text.indexOf('&lt;script&gt;x')).to.be.within(1, text.indexOf('href="/debug/r/run-1"'));
    expect(text).not.to.include('<b>');
  });

  it('says how far it is, asks for itself again and can be stopped', () => {
    expect(batchPage(batch()))
      .to.include('Checking: 2 of 3')
      .and.include('<noscript><meta http-equiv="refresh" content="3" /></noscript>')
      .and.include('action="/batch/b/stop"');
  });

  it('rests when it is done or stopped', () => {
    for (const state of ['done', 'stopped'] as const) {
      expect(batchPage(batch({ state })))
        .not.to.include('http-equiv="refresh"')
        .and.not.include('/stop');
    }
  });

  it('shows the beginning of a document', () => {
    const text = batchPage(batch({ rows: [{ ...good, tag: `<VAST>${'x'.repeat(100_000)}` }] }));
    expect(text.length).to.be.lessThan(10_000);
  });

  it('says how many it did not take', () => {
    expect(batchPage(batch({ beyond: 7 }))).to.include('7 more were in the list');
  });
});

describe('shownTag', () => {
  it('shows no persons and secrets, and of a document its beginning', () => {
    expect(shownTag('https://a.example/?iu=/1/2&ip=CANARY')).to.equal('https://a.example/?iu=/1/2&ip=REDACTED');
    expect(shownTag(`<VAST>${'x'.repeat(500)}`)).to.have.lengthOf(301);
  });

  for (const tag of [
    'ftp://me:CANARY@a.example/?token=CANARY',
    '//a.example/v?token=CANARY',
    'www.a.example/v?token=CANARY',
    'a.example?CANARY',
    '<VAST><Ad><Wrapper><VASTAdTagURI><![CDATA[https://a.example/?token=CANARY]]></VASTAdTagURI></Wrapper></Ad></VAST>',
    '<VAST><Ad><Wrapper><VASTAdTagURI> http://a.example/?token=CANARY </VASTAdTagURI></Wrapper></Ad></VAST>',
    '{"id":"1","device":{"ifa":"CANARY"},"adm":"https://a.example/?token=CANARY"}',
    '{"adm":"<VAST><x>https://a.example/?token=CANARY</x>"}',
    '{"adm":"https://a.example/?token=CANARY"',
  ]) {
    it(`shows nothing of what is secret in ${tag}, whether it could be read or not`, () => {
      const row = shownRow({
        ...bad,
        tag,
        verdict: `“${tag.slice(0, 80)}” is no tag.`,
        tell: `a.example: ${tag.startsWith('{') ? '' : tag}`,
      });
      expect([row.tag, row.tell].join()).not.to.include('CANARY');
      if (!tag.startsWith('{')) expect(row.verdict).not.to.include('CANARY');
    });
  }

  it('leaves what people wrote', () => {
    const verdict = 'An SSP would drop this bid: why? See hop #1 (a.example:8080).';
    expect(shownRow({ ...bad, verdict }).verdict).to.equal(verdict);
  });
});
