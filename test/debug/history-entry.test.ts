import { expect } from 'chai';
import { historyEntry, isHistoryEntry, isWanted } from '../../src/debug/history-entry.ts';
import { debugRun } from '../support/debug-run.ts';
import { hopReport } from '../support/unwrap-result.ts';
import { unwrapRequest } from '../support/unwrap-request.ts';

const any = { text: '', host: '', status: '', advertiser: '' };
const run = debugRun(
  { hops: [hopReport(), hopReport({ host: 'cdn.example' }), hopReport()] },
  { request: unwrapRequest({ url: 'https://ads.example/vast?user=CANARY' }) },
);
const entry = { ...historyEntry(run), advertiser: 'Tea Ltd', adTitle: 'Spring' };

describe('historyEntry', () => {
  it('says what the page of a run says, and no value of a query', () => {
    expect(entry).to.deep.include({
      id: run.id,
      at: run.at,
      status: 'resolved',
      hosts: ['ads.example', 'cdn.example'],
    });
    expect(JSON.stringify(entry)).not.to.include('CANARY');
  });

  it('keeps the beginning of a document', () => {
    for (const adm of ['//a.example/?token=CANARY', '<VAST><Ad><Wrapper><a>https://a.example/?token=CANARY</a>'])
      expect(historyEntry(debugRun({}, { request: unwrapRequest({ adm }) })).tag).not.to.include('CANARY');
    const { tag } = historyEntry(debugRun({}, { request: unwrapRequest({ adm: `<VAST>${'x'.repeat(1000)}` }) }));
    expect(tag).to.have.lengthOf(80);
  });
});

describe('isHistoryEntry', () => {
  it('takes what was written, and nothing that differs in a field', () => {
    expect(isHistoryEntry(JSON.parse(JSON.stringify(entry)))).to.equal(true);
    for (const field of Object.keys(entry)) {
      for (const value of [7, {}, undefined, [{}]]) {
        expect(isHistoryEntry({ ...entry, [field]: value }), field).to.equal(false);
      }
    }
    for (const value of [null, 'x', []]) expect(isHistoryEntry(value)).to.equal(false);
  });
});

describe('isWanted', () => {
  it('goes by host, status, advertiser and text, each in any case', () => {
    for (const query of [
      {},
      { host: 'CDN.' },
      { status: 'resolved' },
      { advertiser: 'tea' },
      { text: 'spring' },
      { text: 'ads.example' },
    ]) {
      expect(isWanted(entry, { ...any, ...query }), JSON.stringify(query)).to.equal(true);
    }
    for (const query of [
      { host: 'zzz' },
      { status: 'timeout' },
      { advertiser: 'coffee' },
      { text: 'autumn' },
      { status: 'resolved', host: 'zzz' },
    ]) {
      expect(isWanted(entry, { ...any, ...query }), JSON.stringify(query)).to.equal(false);
    }
  });
});
