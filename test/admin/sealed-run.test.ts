import { expect } from 'chai';
import { resultPage } from '../../src/admin/pages/result-page.ts';
import { openRun, sealRun } from '../../src/admin/sealed-run.ts';
import { unwrapReport } from '../../src/http/unwrap-report.ts';
import { debugRun, mergedResult, viewOfRun } from '../support/debug-run.ts';

describe('sealed run', () => {
  const run = debugRun(mergedResult(), { undone: ['“undone” 広告'] });
  const report = { startedAt: 0, traceId: null, trackers: true };

  it('shows the same once it is opened', async () => {
    const opened = (await openRun(run.id, await sealRun(run)))!;
    expect(resultPage(opened, viewOfRun(opened))).to.equal(resultPage(run, viewOfRun(run)));
    expect(unwrapReport(opened.result, report)).to.deep.equal(unwrapReport(run.result, report));
    expect(opened.request).to.deep.equal(run.request);
  });

  it('keeps what a result makes when it is read', async () => {
    const result = Object.create(run.result) as typeof run.result;
    expect(Object.keys(result)).to.deep.equal([]);
    const opened = (await openRun(run.id, await sealRun({ ...run, result })))!;
    expect(unwrapReport(opened.result, report)).to.deep.equal(unwrapReport(run.result, report));
  });

  it('tells nothing to those who do not know its id', async () => {
    const bytes = await sealRun(run);
    expect(bytes.includes('ads.example')).to.equal(false);
    expect(bytes.includes(run.id)).to.equal(false);
    expect(await openRun('other', bytes)).to.equal(null);
  });

  it('is nothing where it was changed or cut short', async () => {
    const bytes = await sealRun(run);
    bytes[bytes.length - 1]! ^= 1;
    for (const each of [bytes, bytes.subarray(0, 40), bytes.subarray(0, 5), Buffer.alloc(0)]) {
      expect(await openRun(run.id, each)).to.equal(null);
    }
  });

  it('has a layout that its number stands for', () => {
    // where this fails, raise LAYOUT: replicas of the release before write the other one
    expect(Object.keys(run).sort().join(' ')).to.equal(
      'at auctionMs before form id owner player request result startedAt tmaxMs traceId undone vmap',
    );
    expect(Object.keys(run.result).sort().join(' ')).to.equal(
      'adm ads bid deadline errorUrls findings hops media merged reason status vastError wrappers',
    );
    expect(Object.keys(run.result.hops[0]!).sort().join(' ')).to.equal(
      'cache defect document exchanges failure host httpStatus index ms notes ownDelayMs remainingMs repairs slot startedAt text url',
    );
  });
});
