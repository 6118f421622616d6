import { expect } from 'chai';
import { watchPage } from '../../../src/admin/pages/watch-page.ts';
import { refusedRow } from '../../../src/batch/batch-row.ts';
import { newWatchedTag, noteCheck } from '../../../src/batch/watched-tag.ts';

const tag = 'https://a.example/?user=CANARY';
const bad = { ...refusedRow({ line: 1, tag }, 'It is <b>late</b>.'), tell: 'a.example: be faster' };
const watched = noteCheck(newWatchedTag(1, tag), bad, {
  at: '2026-11-21T08:00:00.000Z',
  run: 'run-1',
  isOurs: false,
}).watched;
const well = noteCheck(
  newWatchedTag(2, 'https://b.example/'),
  { ...bad, tone: 'good', status: 'resolved' },
  { at: '2026-11-20T08:00:00.000Z', run: null, isOurs: false },
).watched;
const board = {
  tags: [well, watched, newWatchedTag(3, '<VAST>')],
  beyond: 0,
  problem: null,
  endedAt: '2026-11-21T08:01:00.000Z',
  everyMs: 3_600_000,
};

describe('watchPage', () => {
  it('shows each tag by days, the worst first, without the values of its query', () => {
    const text = watchPage(board);
    expect(text)
      .to.include('2026-11-21')
      .and.include('1 check bad')
      .and.include('1 check good')
      .and.include('href="/debug/r/run-1"');
    expect(text.indexOf('a.example')).to.be.lessThan(text.indexOf('b.example'));
    expect(text)
      .to.include('not checked yet')
      .and.include('every 60 min')
      .and.not.match(/CANARY|<b>/);
  });

  it('says what is wrong with the list', () => {
    const text = watchPage({ ...board, problem: 'the list cannot be read (ENOENT)', beyond: 7 });
    expect(text).to.include('the list cannot be read (ENOENT)').and.include('7 more are in the list');
  });

  it('says how to begin where nothing is watched', () => {
    expect(watchPage(null)).to.include('WATCH_FILE');
  });
});
