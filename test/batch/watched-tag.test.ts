import { expect } from 'chai';
import { type BatchRow, refusedRow } from '../../src/batch/batch-row.ts';
import { newWatchedTag, noteCheck, type WatchedTag } from '../../src/batch/watched-tag.ts';

const bad = refusedRow({ line: 3, tag: 'x' }, 'No tag.');
const good: BatchRow = { ...bad, status: 'resolved', tone: 'good' };
const doubtful: BatchRow = { ...bad, status: 'no_ad', tone: 'doubtful' };

/** The turns of checks, one an hour from a time on, and what is known after them. */
function checks(rows: readonly BatchRow[], from = '2026-11-21T22:00:00.000Z') {
  let watched: WatchedTag = newWatchedTag(1, 'x');
  const turns = rows.map((row, hour) => {
    const at = new Date(Date.parse(from) + hour * 3_600_000).toISOString();
    const noted = noteCheck(watched, row, { at, run: `run-${hour}`, isOurs: false });
    watched = noted.watched;
    return noted.turn;
  });
  return { turns, watched };
}

describe('noteCheck', () => {
  it('tells when a tag turns bad, and when it is well again', () => {
    expect(checks([good, bad, bad, doubtful, good, bad]).turns).to.deep.equal([null, 'bad', null, 'well', null, 'bad']);
    expect(checks([bad, bad]).turns, 'bad from the first').to.deep.equal(['bad', null]);
  });

  it('knows since when it is so, and the run at which it became so', () => {
    const { watched } = checks([good, bad, bad]);
    expect(watched).to.include({
      line: 3,
      tone: 'bad',
      since: '2026-11-21T23:00:00.000Z',
      checkedAt: '2026-11-22T00:00:00.000Z',
      run: 'run-1',
    });
  });

  it('counts by day, the latest first, two weeks at most', () => {
    expect(checks([bad, good, bad, doubtful]).watched.days).to.deep.equal([
      { day: '2026-11-22', checks: 2, bad: 1, doubtful: 1 },
      { day: '2026-11-21', checks: 2, bad: 1, doubtful: 0 },
    ]);
    expect(checks(Array.from({ length: 24 * 20 }, () => good)).watched.days).to.have.lengthOf(14);
  });

  it('learns nothing from a check at which our own process was late', () => {
    const { watched } = checks([good]);
    const noted = noteCheck(watched, bad, { at: '2026-11-23T00:00:00.000Z', run: null, isOurs: true });
    expect(noted).to.deep.equal({
      watched: { ...watched, line: 3, checkedAt: '2026-11-23T00:00:00.000Z' },
      turn: null,
    });
  });
});
